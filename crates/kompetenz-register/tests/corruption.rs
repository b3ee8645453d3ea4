//! Damage is refused when the register is opened, or found by the check, or it touched nothing that means anything.

use std::fs;

use kompetenz_register::{Access, Export, Register, RegisterError};

use crate::common::{Desk, Dice, at, candidate, edition, issue, issuer, text};

fn desk() -> Desk {
    let desk = Desk::new();
    let mut register = desk.register();
    let issues: Vec<_> = (0..40).map(|ix| issue(&format!("P-{ix}"), "v1")).collect();
    register.record(&issues, &at(0)).unwrap();
    register.record(&[edition(candidate("P-7", "v2"), 2)], &at(1)).unwrap();
    register.withdraw(&issues[3].number, &text("by mistake"), &at(2)).unwrap();
    desk
}

/// What has become of a register after its file was damaged.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Refused,
    Found,
    Unharmed,
}

fn fate(desk: &Desk, before: &Export) -> Fate {
    let register = match Register::open(&desk.path(), &issuer(), Access::Read) {
        Ok(register) => register,
        Err(RegisterError::Sqlite(error)) => panic!("an answer without help: {error:?}"),
        Err(_) => return Fate::Refused,
    };
    match register.check(None) {
        Err(_) => Fate::Refused,
        Ok(checkup) if !checkup.findings.is_empty() => Fate::Found,
        Ok(_) => {
            assert_eq!(&register.export().unwrap(), before, "damage that nobody has noticed");
            Fate::Unharmed
        }
    }
}

#[test]
fn a_flipped_bit_is_noticed_wherever_it_means_something() {
    let desk = desk();
    let before = desk.register().export().unwrap();
    let good = fs::read(desk.path()).unwrap();
    let mut dice = Dice(7);
    let mut fates = [0; 3];
    for _ in 0..600 {
        let mut bad = good.clone();
        let at = usize::try_from(dice.below(good.len() as u64)).unwrap();
        bad[at] ^= 1 << dice.below(8);
        fs::write(desk.path(), &bad).unwrap();
        fates[fate(&desk, &before) as usize] += 1;
    }
    // Much of a small file is unused space between rows.
    assert!(fates[1] > 120, "refused, found, unharmed: {fates:?}");
}

#[test]
fn a_file_cut_off_anywhere_is_noticed() {
    let desk = desk();
    let before = desk.register().export().unwrap();
    let good = fs::read(desk.path()).unwrap();
    let pages = (0..good.len()).step_by(4096);
    let odd = (1..good.len()).step_by(3001);
    for length in pages.chain(odd) {
        fs::write(desk.path(), &good[..length]).unwrap();
        assert_ne!(fate(&desk, &before), Fate::Unharmed, "{length} of {} bytes", good.len());
    }
}

#[test]
fn a_page_of_zeros_is_noticed() {
    let desk = desk();
    let before = desk.register().export().unwrap();
    let good = fs::read(desk.path()).unwrap();
    for page in 0..good.len() / 4096 {
        let mut bad = good.clone();
        bad[page * 4096..(page + 1) * 4096].fill(0);
        fs::write(desk.path(), &bad).unwrap();
        assert_ne!(fate(&desk, &before), Fate::Unharmed, "page {page}");
    }
}
