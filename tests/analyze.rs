//! What `analyze` says about groups.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::{folder, kompetenz, path, root, said};

/// The first participants of `many.csv`, with two rows each.
fn first(people: usize, to: &std::path::Path) -> std::path::PathBuf {
    let many = fs::read_to_string(root().join("fixtures/results/many.csv")).unwrap();
    let lines: Vec<&str> = many.lines().take(1 + 2 * people).collect();
    let file = to.join("some.csv");
    fs::write(&file, lines.join("\n")).unwrap();
    file
}

#[test]
fn analyze_says_how_good_items_and_observers_are() {
    let out = folder();
    let some = first(40, out.path());
    let output = kompetenz(&["analyze", "assessments/nordstadt", path(&some), "--measure", "metal.handling"]);
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    nordstadt 2.0.0: 40 people; nothing rests on fewer than 5

    Do the items of a measure belong together? – n: only people with a value for every item of the measure
      measure         items   n                 α  KR-20
      metal.handling      3  37  0.92 [0.86 0.96]     –¹

    Items in their measures – n: only people with a value for every item of the measure
      measure         item                 n  r(it)  α(-i)
      metal.handling  metal.saw-safety    37   0.79   0.92
      metal.handling  metal.drill-safety  37   0.88   0.85
      metal.handling  metal.bend-safety   37   0.84   0.88

    Items – n: everyone with a value for the item
      item                 n     P     M    SD
      metal.saw-safety    40  0.64  2.58  1.25
      metal.drill-safety  40  0.61  2.44  1.27
      metal.bend-safety   37  0.60  2.42  1.15

    Distribution: value × people – n: everyone with a value for the item
      item
      metal.saw-safety    0×2  0.5×2  1×1  1.5×7  2×5  2.5×3  3×6  3.5×2  4×12
      metal.drill-safety  0×2  0.5×3  1×5  1.5×1  2×6  2.5×3  3×9  3.5×2  4×9
      metal.bend-safety   0×0  0.5×4  1×2  1.5×6  2×6  2.5×1  3×9  3.5×2  4×7

    Agreement of all observers – n: every rating of people with at least two ratings of the item
      item                 n   %  α(K) nom  α(K) ord  α(K) int
      metal.saw-safety    40  65      0.55      0.91      0.89
      metal.drill-safety  40  78      0.71      0.94      0.93
      metal.bend-safety   37  65      0.55      0.91      0.87

    Agreement of k observers – n: people with the most frequent number of observers, at least two; others are left out
      item                 n  k  κ(F)          ICC(1,1)          ICC(1,k)
      metal.saw-safety    40  2  0.54  0.89 [0.81 0.94]  0.94 [0.90 0.97]
      metal.drill-safety  40  2  0.71  0.93 [0.88 0.96]  0.96 [0.93 0.98]
      metal.bend-safety   37  2  0.54  0.88 [0.77 0.93]  0.93 [0.87 0.97]

    Agreement of the same observers – n: the largest group of people whom exactly the same observers rated; others are left out
      item                observers   n          ICC(2,1)          ICC(2,k)          ICC(3,1)          ICC(3,k)
      metal.saw-safety    ben + kaya  8  0.86 [0.50 0.97]  0.93 [0.67 0.98]  0.86 [0.46 0.97]  0.93 [0.63 0.99]
      metal.drill-safety  ben + kaya  8  0.89 [0.57 0.98]  0.94 [0.73 0.99]  0.88 [0.53 0.98]  0.94 [0.69 0.99]
      metal.bend-safety   ben + kaya  8  0.83 [0.34 0.96]  0.91 [0.51 0.98]  0.81 [0.31 0.96]  0.89 [0.47 0.98]

    Agreement of two observers – n: people whom both observers rated
      item                observers      n    %     κ  κ lin  κ quad
      metal.saw-safety    anna + ben     5  100  1.00   1.00    1.00
      metal.saw-safety    anna + weber   6   67  0.59   0.79    0.92
      metal.saw-safety    ben + kaya     8   50  0.35   0.64    0.85
      metal.saw-safety    ben + lindner  5   20  0.00   0.41    0.71
      metal.saw-safety    kaya + weber   5   80  0.71   0.85    0.94
      metal.drill-safety  anna + ben     5   80  0.64   0.71    0.78
      metal.drill-safety  anna + weber   6   83  0.77   0.88    0.95
      metal.drill-safety  ben + kaya     8   62  0.52   0.73    0.88
      metal.drill-safety  ben + lindner  5   80  0.71   0.85    0.94
      metal.drill-safety  kaya + weber   5   80  0.71   0.81    0.90
      metal.bend-safety   anna + weber   5   80  0.72   0.86    0.94
      metal.bend-safety   ben + kaya     8   50  0.38   0.62    0.81
      metal.bend-safety   ben + lindner  5   80  0.74   0.85    0.93
      metal.bend-safety   kaya + weber   5   60  0.44   0.69    0.85

    [ ]: 95 % confidence interval
      P         difficulty: how much of the scale was reached; 0 is hardest, 1 is easiest  Lienert & Raatz (1998)
      M         mean
      SD        standard deviation (n − 1)
      α         Cronbach's alpha, with 95 % interval                                       Cronbach (1951); Feldt, Woodruff & Salih (1987)
      KR-20     Kuder-Richardson formula 20                                                Kuder & Richardson (1937)
      r(it)     correlation of the item with the sum of the other items                    Nunnally & Bernstein (1994)
      α(-i)     alpha without the item                                                     Cronbach (1951)
      %         agreement: equal pairs of ratings, in percent                              Cohen (1960)
      κ         Cohen's kappa                                                              Cohen (1960)
      κ lin     Cohen's kappa, linear weights                                              Cohen (1968); Cicchetti & Allison (1971)
      κ quad    Cohen's kappa, quadratic weights                                           Cohen (1968); Fleiss & Cohen (1973)
      κ(F)      Fleiss' kappa                                                              Fleiss (1971)
      α(K) nom  Krippendorff's alpha, nominal                                              Krippendorff (2011, 2018)
      α(K) ord  Krippendorff's alpha, ordinal                                              Krippendorff (2011, 2018)
      α(K) int  Krippendorff's alpha, interval                                             Krippendorff (2011, 2018)
      ICC(1,1)  ICC(1): one rating, any observers                                          Shrout & Fleiss (1979); McGraw & Wong (1996)
      ICC(2,1)  ICC(A,1): one rating, absolute agreement of the same observers             Shrout & Fleiss (1979); McGraw & Wong (1996)
      ICC(3,1)  ICC(C,1): one rating, consistency of the same observers                    Shrout & Fleiss (1979); McGraw & Wong (1996)
      ICC(1,k)  ICC(k): the mean of k ratings                                              Shrout & Fleiss (1979); McGraw & Wong (1996)
      ICC(2,k)  ICC(A,k): the mean of k ratings                                            Shrout & Fleiss (1979); McGraw & Wong (1996)
      ICC(3,k)  ICC(C,k): the mean of k ratings                                            Shrout & Fleiss (1979); McGraw & Wong (1996)
      –¹        the items are not 0 or 1
    --- exit code 0
    ");
    let args = ["--ui", "de", "analyze", "assessments/nordstadt", path(&some), "--measure", "metal.handling"];
    let german = said(&kompetenz(&args), out.path());
    assert_snapshot!(german.lines().take(5).collect::<Vec<_>>().join("\n"), @"
    --- output
    nordstadt 2.0.0: 40 Personen; nichts beruht auf weniger als 5

    Gehören die Merkmale zusammen? – n: nur Personen mit einem Wert für jedes Merkmal des Messwerts
      Messwert        Merkmale   n                 α  KR-20
    ");
}

#[test]
fn analyze_writes_a_row_for_each_figure() {
    let out = folder();
    let many = "fixtures/results/many.csv";
    let args = ["analyze", "assessments/nordstadt", many, "--measure", "metal.handling", "--format", "csv"];
    let output = said(&kompetenz(&args), out.path());
    let wanted = |line: &&str| {
        line.starts_with("kind,")
            || line.starts_with("group,")
            || line.starts_with("measure,")
            || line.contains("metal.saw-safety") && (!line.contains(" + ") || line.ends_with("anna + ben"))
            || line.starts_with("---")
    };
    assert_snapshot!(output.lines().filter(wanted).collect::<Vec<_>>().join("\n"), @"
    --- output
    kind,path,statistic,value,lower,upper,n,treatment,absent,detail
    group,nordstadt,people,1000,,,1000,,,
    measure,metal.handling,cronbach-alpha,0.838698,0.820009,0.855745,943,listwise,,
    measure,metal.handling,kr-20,,,,943,listwise,not-dichotomous,
    part,metal.saw-safety,item-total-correlation,0.695005,,,943,listwise,,metal.handling
    part,metal.saw-safety,alpha-if-deleted,0.782488,,,943,listwise,,metal.handling
    item,metal.saw-safety,difficulty,0.626875,,,1000,available,,
    item,metal.saw-safety,mean,2.5075,,,1000,available,,
    item,metal.saw-safety,standard-deviation,1.053235,,,1000,available,,
    item,metal.saw-safety,percent-agreement,72.1,,,1000,pairable,,
    item,metal.saw-safety,fleiss-kappa,0.626733,,,1000,same-count,,k=2
    item,metal.saw-safety,krippendorff-alpha-nominal,0.62692,,,1000,pairable,,
    item,metal.saw-safety,krippendorff-alpha-ordinal,0.876646,,,1000,pairable,,
    item,metal.saw-safety,krippendorff-alpha-interval,0.881633,,,1000,pairable,,
    item,metal.saw-safety,icc-1-1,0.881685,0.867096,0.894763,1000,same-count,,k=2
    item,metal.saw-safety,icc-2-1,0.905844,0.868788,0.932825,126,same-observers,,anna + ben
    item,metal.saw-safety,icc-3-1,0.90624,0.869242,0.933144,126,same-observers,,anna + ben
    item,metal.saw-safety,icc-1-k,0.937123,0.928818,0.944459,1000,same-count,,k=2
    item,metal.saw-safety,icc-2-k,0.950596,0.929787,0.965245,126,same-observers,,anna + ben
    item,metal.saw-safety,icc-3-k,0.950814,0.930047,0.965416,126,same-observers,,anna + ben
    pair,metal.saw-safety,percent-agreement,75.396825,,,126,pairwise,,anna + ben
    pair,metal.saw-safety,cohen-kappa,0.674933,,,126,pairwise,,anna + ben
    pair,metal.saw-safety,cohen-kappa-linear,0.804112,,,126,pairwise,,anna + ben
    pair,metal.saw-safety,cohen-kappa-quadratic,0.905162,,,126,pairwise,,anna + ben
    distribution,metal.saw-safety,people,0,,,28,available,,
    distribution,metal.saw-safety,people,0.5,,,21,available,,
    distribution,metal.saw-safety,people,1,,,101,available,,
    distribution,metal.saw-safety,people,1.5,,,71,available,,
    distribution,metal.saw-safety,people,2,,,196,available,,
    distribution,metal.saw-safety,people,2.5,,,106,available,,
    distribution,metal.saw-safety,people,3,,,235,available,,
    distribution,metal.saw-safety,people,3.5,,,81,available,,
    distribution,metal.saw-safety,people,4,,,161,available,,
    --- exit code 0
    ");
}

#[test]
fn analyze_explains_its_names_to_other_programs() {
    let many = "fixtures/results/many.csv";
    let output = kompetenz(&["analyze", "assessments/nordstadt", many, "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["format"], "kompetenz-analysis/1");
    assert_eq!(report["suppressed"], Value::Null);
    assert!(report["people"].as_u64().unwrap() > 900);
    for item in report["items"].as_array().unwrap() {
        for (name, figure) in item["figures"].as_object().unwrap() {
            assert!(report["legend"]["statistics"][name]["source"].is_string(), "{name}");
            assert!(figure["value"].is_number() || figure["absent"].is_string(), "{name}");
        }
    }
}

#[test]
fn analyze_says_nothing_about_four_people() {
    let out = folder();
    let four = first(4, out.path());
    let output = kompetenz(&["analyze", "assessments/nordstadt", path(&four)]);
    assert_snapshot!(said(&output, out.path()), @"
    --- output
    nordstadt 2.0.0: fewer than 5 people: suppressed, because it could tell about one of them
    --- exit code 0
    ");
    let csv = kompetenz(&["analyze", "assessments/nordstadt", path(&four), "--format", "csv"]);
    assert_snapshot!(said(&csv, out.path()), @"
    --- output
    kind,path,statistic,value,lower,upper,n,treatment,absent,detail
    group,nordstadt,people,,,,,,too-few-people,
    --- exit code 0
    ");
}

#[test]
fn analyze_leaves_out_whoever_is_refused_and_says_so() {
    let out = folder();
    let file = first(12, out.path());
    let rows = fs::read_to_string(&file).unwrap().replacen(",L3,", ",L9,", 1);
    fs::write(&file, rows).unwrap();
    let output = kompetenz(&["analyze", "assessments/nordstadt", path(&file), "--measure", "metal.handling"]);
    let said = said(&output, out.path());
    assert!(said.contains("nordstadt 2.0.0: 11 people"), "{said}");
    assert_snapshot!(said.split_once("--- errors").unwrap().1, @"

    some.csv, row 2, column AA (german.listening-screening): this is no value of the scale; allowed: L1, L2, L3, L4, A1, A2, B1, B2, n [outside-scale]
    1 participant(s) refused; the figures are without them
    --- exit code 1
    ");
    let unknown = kompetenz(&["analyze", "assessments/nordstadt", path(&file), "--measure", "metal.fild"]);
    assert_eq!(unknown.status.code(), Some(2));
}
