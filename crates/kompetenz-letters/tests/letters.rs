//! The letters of the shipped definition, as people get them.

use std::sync::LazyLock;

use insta::assert_snapshot;
use jiff::civil::date;
use kompetenz::dates::Dates;
use kompetenz::{Assessment, Ui};
use kompetenz_letters::{LetterData, LetterError, check, sample, write};

use crate::{good, said, sources};

/// The shipped definition; its examples take a while to run.
static NORDSTADT: LazyLock<Assessment> = LazyLock::new(|| {
    let sources = sources("assessments/nordstadt");
    check(&sources).assessment.unwrap_or_else(|| panic!("{}", said(&sources, Ui::En)))
});

/// A letter of the shipped definition, in a language.
fn letter(id: &str, language: &str, change: impl FnOnce(&mut LetterData)) -> String {
    let letter = NORDSTADT.letters.iter().find(|letter| letter.id == id).unwrap();
    let mut data = sample(language);
    let dates = Dates::new(language);
    data.issued = dates.day(date(2026, 11, 22)).text;
    if let Some(talk) = &mut data.talk {
        (talk.day, talk.time) = dates.meeting(date(2026, 12, 1).at(10, 30, 0, 0));
    }
    if !letter.recipient.is_empty() {
        data.recipient.clone_from(&letter.recipient);
    }
    change(&mut data);
    write(letter, &data).unwrap()
}

#[test]
fn the_invitation_in_german() {
    assert_snapshot!(letter("invitation", "de", |_| {}), @"
    **Anlaufstelle**, Musterstraße 5, 44145 Dortmund

    Dortmund, 22. November 2026

    # Einladung zum Gespräch über Ihr Ergebnis

    Guten Tag Elena Muster,

    Sie haben bei uns gezeigt, was Sie können. Vielen Dank dafür!
    Ihr Zertifikat ist fertig. Wir möchten gern mit Ihnen darüber sprechen.

    - **Wann?** Dienstag, 1. Dezember 2026, 10:30 Uhr
    - **Wo?** Raum 4
    - **Mit wem?** Maria Beispiel

    ## Darüber sprechen wir

    - Was Sie gut können
    - Welche nächsten Schritte wir Ihnen empfehlen
    - Was Sie selbst möchten

    ## Bitte bringen Sie mit

    - Ihren Ausweis oder Ihren Pass
    - Briefe vom Jobcenter, wenn Sie welche haben
    - Ihre Fragen

    Sie können gern eine Person mitbringen, der Sie vertrauen.
    Brauchen Sie jemanden, der für Sie übersetzt? Dann sagen Sie uns bitte vorher Bescheid.

    ## Gut zu wissen

    Das Gespräch ist freiwillig und kostet nichts. Wenn Sie nicht kommen möchten, ist das in Ordnung.

    Haben Sie Fragen, oder können Sie nicht kommen? Rufen Sie uns bitte an: 0231 1234567

    Wir freuen uns auf Sie!

    Maria Beispiel
    ");
}

#[test]
fn the_invitation_in_english() {
    assert_snapshot!(letter("invitation", "en", |_| {}), @"
    **Anlaufstelle**, Musterstraße 5, 44145 Dortmund

    Dortmund, November 22, 2026

    # Invitation to talk about your result

    Dear Elena Muster,

    You have shown us what you can do. Thank you very much!
    Your certificate is ready. We would like to talk about it with you.

    - **When?** Tuesday, December 1, 2026, 10:30 AM
    - **Where?** Raum 4
    - **With whom?** Maria Beispiel

    ## What we will talk about

    - What you do well
    - Which next steps we recommend to you
    - What you would like to do

    ## Please bring

    - Your identity card or passport
    - Letters from the Jobcenter, if you have any
    - Your questions

    You are welcome to bring somebody you trust.
    Do you need an interpreter? Please tell us beforehand.

    ## Good to know

    The talk is voluntary and costs nothing. If you would rather not come, that is all right.

    Do you have questions, or can you not come? Please call us: 0231 1234567

    We look forward to seeing you!

    Maria Beispiel
    ");
}

#[test]
fn the_invitation_in_romanian() {
    assert_snapshot!(letter("invitation", "ro", |_| {}), @"
    **Anlaufstelle**, Musterstraße 5, 44145 Dortmund

    Dortmund, 22 noiembrie 2026

    # Invitație la o discuție despre rezultatul dumneavoastră

    Bună ziua, Elena Muster,

    Ne-ați arătat ce știți să faceți. Vă mulțumim!
    Certificatul dumneavoastră este gata. Am dori să vorbim cu dumneavoastră despre el.

    - **Când?** marți, 1 decembrie 2026, ora 10:30
    - **Unde?** Raum 4
    - **Cu cine?** Maria Beispiel

    ## Despre ce vorbim

    - Ce știți să faceți bine
    - Ce pași vă recomandăm în continuare
    - Ce vă doriți dumneavoastră

    ## Vă rugăm să aduceți

    - Cartea de identitate sau pașaportul
    - Scrisorile de la Jobcenter, dacă aveți
    - Întrebările dumneavoastră

    Puteți veni cu o persoană în care aveți încredere.
    Aveți nevoie de un interpret? Vă rugăm să ne spuneți din timp.

    ## Bine de știut

    Discuția este voluntară și nu costă nimic. Dacă nu doriți să veniți, nu este nicio problemă.

    Aveți întrebări sau nu puteți veni? Vă rugăm să ne sunați: 0231 1234567

    Vă așteptăm cu drag!

    Maria Beispiel
    ");
}

#[test]
fn the_invitation_in_bulgarian() {
    assert_snapshot!(letter("invitation", "bg", |_| {}), @"
    **Anlaufstelle**, Musterstraße 5, 44145 Dortmund

    Dortmund, 22 ноември 2026 г.

    # Покана за разговор за Вашия резултат

    Здравейте, Elena Muster,

    Вие ни показахте какво можете. Благодарим Ви!
    Вашият сертификат е готов. Бихме искали да поговорим с Вас за него.

    - **Кога?** вторник, 1 декември 2026 г., 10:30 ч.
    - **Къде?** Raum 4
    - **С кого?** Maria Beispiel

    ## За какво ще говорим

    - Какво можете добре
    - Какви следващи стъпки Ви препоръчваме
    - Какво желаете Вие

    ## Моля, донесете

    - Лична карта или паспорт
    - Писма от Jobcenter, ако имате такива
    - Вашите въпроси

    Можете да доведете човек, на когото имате доверие.
    Имате нужда от преводач? Моля, кажете ни предварително.

    ## Добре е да знаете

    Разговорът е доброволен и безплатен. Ако не желаете да дойдете, няма проблем.

    Имате въпроси или не можете да дойдете? Моля, обадете ни се: 0231 1234567

    Ще се радваме да се видим с Вас!

    Maria Beispiel
    ");
}

#[test]
fn the_invitation_in_turkish() {
    assert_snapshot!(letter("invitation", "tr", |_| {}), @"
    **Anlaufstelle**, Musterstraße 5, 44145 Dortmund

    Dortmund, 22 Kasım 2026

    # Sonucunuz hakkında görüşmeye davet

    Merhaba Elena Muster,

    Bize neler yapabildiğinizi gösterdiniz. Çok teşekkür ederiz!
    Sertifikanız hazır. Sizinle sertifikanız hakkında konuşmak istiyoruz.

    - **Ne zaman?** 1 Aralık 2026 Salı, saat 10:30
    - **Nerede?** Raum 4
    - **Kiminle?** Maria Beispiel

    ## Neler konuşacağız

    - Neleri iyi yapabildiğinizi
    - Size hangi sonraki adımları önerdiğimizi
    - Sizin ne istediğinizi

    ## Lütfen yanınızda getirin

    - Kimliğinizi veya pasaportunuzu
    - Varsa Jobcenter’dan gelen mektupları
    - Sorularınızı

    Güvendiğiniz bir kişiyle birlikte gelebilirsiniz.
    Tercümana ihtiyacınız varsa lütfen bize önceden haber verin.

    ## Bilmenizde yarar var

    Görüşme gönüllüdür ve ücretsizdir. Gelmek istemezseniz sorun değil.

    Sorularınız varsa ya da gelemiyorsanız lütfen bizi arayın: 0231 1234567

    Sizinle görüşmekten mutluluk duyacağız!

    Maria Beispiel
    ");
}

#[test]
fn an_invitation_without_a_day_says_that_somebody_will_call() {
    let without = |data: &mut LetterData| {
        data.talk = None;
        data.phone = None;
        data.steps.clear();
        data.issuer.signatories.clear();
    };
    assert_snapshot!(letter("invitation", "de", without), @"
    **Anlaufstelle**, Musterstraße 5, 44145 Dortmund

    Dortmund, 22. November 2026

    # Einladung zum Gespräch über Ihr Ergebnis

    Guten Tag Elena Muster,

    Sie haben bei uns gezeigt, was Sie können. Vielen Dank dafür!
    Ihr Zertifikat ist fertig. Wir möchten gern mit Ihnen darüber sprechen.

    Wir rufen Sie an und vereinbaren mit Ihnen einen Termin.

    ## Darüber sprechen wir

    - Was Sie gut können
    - Was Sie selbst möchten

    ## Bitte bringen Sie mit

    - Ihren Ausweis oder Ihren Pass
    - Briefe vom Jobcenter, wenn Sie welche haben
    - Ihre Fragen

    Sie können gern eine Person mitbringen, der Sie vertrauen.
    Brauchen Sie jemanden, der für Sie übersetzt? Dann sagen Sie uns bitte vorher Bescheid.

    ## Gut zu wissen

    Das Gespräch ist freiwillig und kostet nichts. Wenn Sie nicht kommen möchten, ist das in Ordnung.

    Wir freuen uns auf Sie!
    ");
}

#[test]
fn the_letter_to_the_office() {
    assert_snapshot!(letter("jobcenter", "de", |_| {}), @"
    Anlaufstelle
    Musterstraße 5
    44145 Dortmund

    Jobcenter Dortmund
    Musterweg 1
    44137 Dortmund

    Dortmund, 22. November 2026

    Kompetenzfeststellung: Zertifikat für Elena Muster, geboren am 1. Mai 1990

    Zertifikat Nr. K7F3-9QXD-2MHZ

    Sehr geehrte Damen und Herren,

    als Anlage erhalten Sie das Zertifikat über die Kompetenzfeststellung von Elena Muster.
    Zeitraum der Feststellung: 02.11.2026 – 13.11.2026 (60 Stunden)

    Die Teilnahme war freiwillig.

    Für den Kooperationsplan empfehlen wir:

    In Arbeit kommen
    - Probearbeit in einem Betrieb
      Zuständig: Team Arbeit; bis 20. Dezember 2026
    - Probearbeit in einem Betrieb
      Zuständig: Team Arbeit; bis 20. Dezember 2026

    In Arbeit kommen
    - Probearbeit in einem Betrieb
      Zuständig: Team Arbeit; bis 20. Dezember 2026
    - Probearbeit in einem Betrieb
      Zuständig: Team Arbeit; bis 20. Dezember 2026

    Die Empfehlungen sind Vorschläge. Über die nächsten Schritte entscheiden Elena Muster und Sie gemeinsam.

    Wir geben diese Unterlagen nur mit schriftlicher Einwilligung weiter; sie liegt bei. Bitte verwenden Sie sie nur für die Beratung und den Kooperationsplan von Elena Muster.

    Für Rückfragen erreichen Sie uns unter 0231 1234567.

    Mit freundlichen Grüßen

    Maria Beispiel
    Leitung

    Anlagen:
    - Zertifikat Nr. K7F3-9QXD-2MHZ
    - Einwilligung in die Weitergabe
    ");
}

#[test]
fn the_letter_to_the_office_with_little_to_say() {
    let without = |data: &mut LetterData| {
        data.period = None;
        data.participant.birth_date = None;
        data.steps.truncate(1);
        data.steps[0].recommendations.truncate(1);
        data.steps[0].recommendations[0].due = None;
        data.phone = None;
    };
    assert_snapshot!(letter("jobcenter", "de", without), @"
    Anlaufstelle
    Musterstraße 5
    44145 Dortmund

    Jobcenter Dortmund
    Musterweg 1
    44137 Dortmund

    Dortmund, 22. November 2026

    Kompetenzfeststellung: Zertifikat für Elena Muster

    Zertifikat Nr. K7F3-9QXD-2MHZ

    Sehr geehrte Damen und Herren,

    als Anlage erhalten Sie das Zertifikat über die Kompetenzfeststellung von Elena Muster.

    Die Teilnahme war freiwillig.

    Für den Kooperationsplan empfehlen wir:

    In Arbeit kommen
    - Probearbeit in einem Betrieb
      Zuständig: Team Arbeit

    Die Empfehlungen sind Vorschläge. Über die nächsten Schritte entscheiden Elena Muster und Sie gemeinsam.

    Wir geben diese Unterlagen nur mit schriftlicher Einwilligung weiter; sie liegt bei. Bitte verwenden Sie sie nur für die Beratung und den Kooperationsplan von Elena Muster.

    Mit freundlichen Grüßen

    Maria Beispiel
    Leitung

    Anlagen:
    - Zertifikat Nr. K7F3-9QXD-2MHZ
    - Einwilligung in die Weitergabe
    ");
}

#[test]
fn a_letter_to_an_office_has_one_language() {
    let letter = NORDSTADT.letters.iter().find(|letter| letter.id == "jobcenter").unwrap();
    assert_eq!(write(letter, &sample("ro")), Err(LetterError::NoText("ro".into())));
}

/// Romanian has ș and ț with a comma, not with a cedilla.
#[test]
fn romanian_is_written_with_commas() {
    let invitation = letter("invitation", "ro", |_| {});
    assert!(invitation.contains('ț') && !invitation.contains(['ş', 'ţ', 'Ş', 'Ţ']));
}

#[test]
fn a_value_can_be_changed_on_its_way() {
    for (text, printed) in [
        ("{{ issuer.address|join(\", \") }}", "Musterstraße 5, 44145 Dortmund"),
        ("{{ issuer.address|join }}", "Musterstraße 544145 Dortmund"),
        ("{% if abilities %}{{ abilities|first }}{% endif %}", "Arbeitet sicher mit Metall."),
        ("{% if potentials %}{{ potentials|last }}{% endif %}", "Lernt schnell."),
        ("{{ steps|length }}", "2"),
        ("{{ participant.name|upper }} {{ participant.name|lower }}", "ELENA MUSTER elena muster"),
        ("{{ hours|default(\"?\") }} {% if period is defined %}yes{% endif %}", "60 yes"),
    ] {
        let assessment = good("plain", text);
        assert_eq!(write(&assessment.letters[0], &sample("en")).unwrap(), format!("{printed}\n"), "{text}");
    }
}

/// A line of instructions alone leaves nothing behind, whatever ends a line; anywhere else the line ends stay.
#[test]
fn lines_of_instructions_leave_no_line() {
    let text = "A\n  {% if number %}\n- b\n{# remark #} {% endif %}\n- c{% if hours %} {{ hours }}{% endif %}\n- d\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let assessment = good("plain", &text);
        assert_eq!(write(&assessment.letters[0], &sample("en")).unwrap(), "A\n- b\n- c 60\n- d\n");
    }
}
