//! How fast certificates are made, and how that compares with the bare engine.
//!
//! First comes one figure, the pool on all cores against the loop everybody writes first, in one run on one machine;
//! then the parts, by divan.

#![expect(clippy::float_arithmetic, reason = "rates and ratios")]

use std::num::NonZeroUsize;
use std::thread;
use std::time::Instant;

use kompetenz::certificate::CertificateData;
use kompetenz_render::{
    Picture, Pictures, PrintRun, RenderError, Studio, Template, check_glyphs, for_each_in_order,
};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::print_stdout, reason = "a benchmark is there to print")]
fn main() {
    // Under `cargo test` divan runs everything once; two documents are enough then.
    let count = if std::env::args().any(|argument| argument == "--bench") { 1000 } else { 2 };
    let (bare, pool) = (bare_loop(count), pool(count));
    println!("bare loop, one thread      {bare:7.1} certificates/s");
    println!("pool, {:2} threads           {pool:7.1} certificates/s", workers());
    println!("ratio                      {:7.1}\n", pool / bare);
    let (run, sum) = print_run(count);
    println!("print run of {count}: {} KB, {} % of the single files\n", run >> 10, run * 100 / sum);
    divan::main();
}

#[divan::bench]
fn check(bencher: divan::Bencher) {
    let data = certificate(0);
    bencher.bench(|| check_glyphs(&data));
}

#[divan::bench]
fn one_certificate(bencher: divan::Bencher) {
    let studio = studio();
    let mut number = 0;
    bencher
        .with_inputs(|| {
            number += 1;
            certificate(number)
        })
        .bench_local_values(|data| studio.render(&data));
}

/// Certificates per second through [`for_each_in_order`] on all cores.
fn pool(count: u32) -> f64 {
    let studio = studio();
    let start = Instant::now();
    for_each_in_order(
        0..count,
        workers(),
        |number| studio.render(&certificate(number)),
        |_, pdf| pdf.map(drop),
    )
    .expect("the fixture can be rendered");
    rate(count, start)
}

/// How many bytes a print run of so many certificates has, and how many their files have together.
fn print_run(count: u32) -> (usize, usize) {
    let studio = studio();
    let mut run = PrintRun::default();
    let mut sum = 0;
    for_each_in_order(
        0..count,
        workers(),
        |number| {
            let data = certificate(number);
            Ok((studio.sheets(&data)?, studio.render(&data)?.len()))
        },
        |_, made: Result<_, RenderError>| {
            let (sheets, bytes) = made?;
            run.push(sheets);
            sum += bytes;
            Ok::<_, RenderError>(())
        },
    )
    .expect("the fixture can be rendered");
    (run.finish("Print run").expect("certificates make a print run").len(), sum)
}

/// Certificates per second with compile and export in a loop: no eviction, pages counted by the template.
fn bare_loop(count: u32) -> f64 {
    let mut world = Bare::new();
    let start = Instant::now();
    for number in 0..count {
        let data = certificate(number);
        world.set("/data.json", serde_json::to_vec_pretty(&data).expect("data is JSON"));
        let pages = typst::compile::<PagedDocument>(&world).output.expect("the template is good");
        let options = PdfOptions {
            ident: Smart::Custom(data.number),
            standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).expect("a good pair"),
            ..PdfOptions::default()
        };
        divan::black_box(typst_pdf::pdf(&pages, &options).expect("the template keeps the standards"));
    }
    rate(count, start)
}

fn rate(count: u32, start: Instant) -> f64 {
    f64::from(count) / start.elapsed().as_secs_f64()
}

fn workers() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

const LOGO: &[u8] = include_bytes!("../../../fixtures/certificates/logo.svg");

fn studio() -> Studio {
    let logo = Picture::new(LOGO.to_vec()).expect("our logo is harmless");
    let pictures = Pictures { logo: Some(logo), ..Pictures::default() };
    Studio::new(&Template::certificate(), pictures).expect("our template is good")
}

/// Certificates of one assessment: other people, other levels, other selections of the same sentences.
fn certificate(number: u32) -> CertificateData {
    let json = include_str!("../../../fixtures/certificates/standard.json");
    let mut data: CertificateData = serde_json::from_str(json).expect("a fixture is valid data");
    let seed = number.wrapping_mul(2_654_435_761);
    data.number = format!("K{number:03}-{seed:08X}");
    data.participant.name = format!(
        "Elena-{} Țurcanu",
        "abcdefghijklmnop".get((seed % 8) as usize..(8 + seed % 8) as usize).unwrap_or("x")
    );
    data.participant.name.push_str(&number.to_string());
    if let Some(day) = &mut data.participant.birth_date {
        day.text = format!("{}. März {}", 1 + seed % 28, 1960 + seed % 40);
    }
    let words = data.legends[0].levels.clone();
    let items =
        data.profile.iter_mut().chain(data.modules.iter_mut().flat_map(|module| &mut module.competences));
    for (i, item) in items.enumerate() {
        let level = &words[(seed >> (2 * i % 30)) as usize % words.len()];
        item.bar = level.bar;
        item.level.clone_from(&level.title);
    }
    let mut bit = 0;
    data.abilities.retain(|_| {
        bit += 1;
        seed >> bit & 3 != 0
    });
    for (i, advice) in data.steps.iter_mut().flat_map(|step| &mut step.recommendations).enumerate() {
        if let Some(day) = &mut advice.due {
            day.text = format!("{}. Januar 2027", 1 + (seed >> i) % 31);
        }
    }
    data
}

/// The least a world can be.
struct Bare {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    files: Vec<(FileId, Bytes)>,
    main: FileId,
}

impl Bare {
    fn new() -> Self {
        let fonts: Vec<_> = [
            include_bytes!("../../../templates/fonts/IBMPlexSans-Regular.ttf").as_slice(),
            include_bytes!("../../../templates/fonts/IBMPlexSans-SemiBold.ttf"),
            include_bytes!("../../../templates/fonts/IBMPlexSansArabic-Regular.ttf"),
            include_bytes!("../../../templates/fonts/IBMPlexSansArabic-SemiBold.ttf"),
            include_bytes!("../../../templates/fonts/NotoSansHebrew-Regular.ttf"),
            include_bytes!("../../../templates/fonts/NotoSansHebrew-SemiBold.ttf"),
        ]
        .into_iter()
        .filter_map(|bytes| Font::new(Bytes::new(bytes), 0))
        .collect();
        let mut world = Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            files: Vec::new(),
            main: id("/main.typ"),
        };
        let main = r#"#import "/clear/certificate.typ": certificate
#let data = json("/data.json")
#pdf.attach("certificate.json", read("/data.json", encoding: none), relationship: "data", mime-type: "application/json", description: data.number)
#certificate(data, pictures: (logo: "/logo.svg"))"#;
        world.set("/main.typ", main.as_bytes().to_vec());
        for (path, text) in Template::certificate().files() {
            world.set(&format!("/{path}"), text.as_bytes().to_vec());
        }
        world.set("/logo.svg", LOGO.to_vec());
        world
    }

    fn set(&mut self, path: &str, bytes: Vec<u8>) {
        let id = id(path);
        self.files.retain(|(known, _)| *known != id);
        self.files.push((id, Bytes::new(bytes)));
    }
}

fn id(path: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).expect("a good path")).intern()
}

impl World for Bare {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = String::from_utf8(self.file(id)?.to_vec()).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(known, _)| *known == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
