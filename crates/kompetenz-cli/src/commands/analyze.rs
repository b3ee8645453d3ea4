use std::path::PathBuf;

use clap::ValueEnum;
use kompetenz::analysis::{
    Analysis, Estimate, Figure, Figures, ItemAnalysis, Lack, MeasureAnalysis, Statistic, Treatment,
};
use kompetenz::assessment::{Assessment, Ix, Measure, Name};
use kompetenz::{GroupBuilder, Record, Ui, Words, analyze, score, words};
use serde_json::json;

use crate::input::Input;
use crate::trouble::Result;
use crate::ui::Speaker;
use crate::{Answer, files};

/// Analyse a group: how difficult items are, whether they belong together, whether observers agree.
///
/// Every figure says on how many people it rests and what became of missing data. Nothing is said about fewer than
/// five people. What the figures mean, and where their formulas come from: docs/analysis.md.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment: a folder with `assessment.toml`, or its main file
    assessment: PathBuf,
    #[command(flatten)]
    input: Input,
    /// How to print the analysis
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Only this measure and what it is computed from, such as metal.field
    #[arg(long, value_name = "PATH")]
    measure: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: tables
    Text,
    /// For other programs: everything, with what it means
    Json,
    /// For spreadsheets: a row for each figure
    Csv,
}

pub(crate) fn run(Args { assessment, input, format, measure }: &Args, speaker: &Speaker) -> Result<Answer> {
    let Some(assessment) = files::assessment(assessment, speaker)? else { return Ok(Answer::No) };
    let measure = measure.as_deref().map(|path| find(&assessment, path)).transpose()?;
    let Some(rows) = input.rows(&assessment, speaker)? else { return Ok(Answer::No) };

    let mut group = GroupBuilder::new(&assessment, measure);
    let mut refused = Vec::new();
    for row in rows {
        match row.entry.and_then(|entry| Record::new(&assessment, &entry)) {
            Ok(record) => group.add(&score(&record)),
            Err(faults) => {
                if *format != Format::Json {
                    speaker.faults(&faults);
                }
                refused.push(json!({ "file": &*row.origin.source().file, "row": row.origin.spot.row, "faults": faults }));
            }
        }
    }
    if !refused.is_empty() {
        let count = refused.len();
        speaker.note(&words!(
            "{count} participant(s) refused; the figures are without them",
            "{count} Person(en) abgewiesen; die Zahlen sind ohne sie"
        ));
    }
    let answer = if refused.is_empty() { Answer::Yes } else { Answer::No };
    let analysis = analyze(&group.finish());
    match format {
        Format::Text => speaker.print(&Text { ui: speaker.ui }.render(&analysis))?,
        Format::Csv => speaker.print(&csv(&analysis))?,
        Format::Json => {
            let mut report = serde_json::to_value(&analysis)?;
            report["refused"] = json!(refused);
            speaker.print(&format!("{report:#}\n"))?;
        }
    }
    Ok(answer)
}

fn find(assessment: &Assessment, path: &str) -> Result<Ix<Measure>> {
    match assessment.find(path) {
        Some(Name::Measure(measure)) => Ok(measure),
        _ => Err(words!("there is no measure `{path}`", "einen Messwert `{path}` gibt es nicht").into()),
    }
}

/// A row for each figure, with the same columns for all. `detail` is the measure that an item is part of, the number
/// of observers (`k=2`), or who they are.
fn csv(analysis: &Analysis) -> String {
    let mut out = String::from("kind,path,statistic,value,lower,upper,n,treatment,absent,detail\n");
    let mut line = |cells: [&str; 10]| {
        out.push_str(&cells.map(quoted).join(","));
        out.push('\n');
    };
    let people = analysis.people.map(|people| people.to_string()).unwrap_or_default();
    let suppressed = analysis.suppressed.map(Lack::name).unwrap_or_default();
    line(["group", &analysis.assessment, "people", &people, "", "", &people, "", suppressed, ""]);
    let mut figures = |kind: &str, path: &str, figures: &Figures, detail: &dyn Fn(&Figure) -> String| {
        for (statistic, figure) in figures {
            let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
            let estimate = figure.result.ok();
            let interval = estimate.and_then(|estimate| estimate.interval);
            line([
                kind,
                path,
                statistic.name(),
                &number(estimate.map(|estimate| estimate.value)),
                &number(interval.map(|(lower, _)| lower)),
                &number(interval.map(|(_, upper)| upper)),
                &figure.n.map(|n| n.to_string()).unwrap_or_default(),
                figure.treatment.name(),
                figure.result.err().map(Lack::name).unwrap_or_default(),
                &detail(figure),
            ]);
        }
    };
    for measure in &analysis.measures {
        figures("measure", &measure.path, &measure.figures, &|_| String::new());
        for part in &measure.items {
            figures("part", &part.path, &part.figures, &|_| measure.path.clone());
        }
    }
    for item in &analysis.items {
        figures("item", &item.path, &item.figures, &|figure| match figure.treatment {
            Treatment::SameCount => item.observers_per_person.map(|k| format!("k={k}")).unwrap_or_default(),
            Treatment::SameObservers => item.same_observers.join(" + "),
            _ => String::new(),
        });
        for pair in &item.pairs {
            figures("pair", &item.path, &pair.figures, &|_| pair.observers.join(" + "));
        }
    }
    let available = Treatment::Available.name();
    for item in &analysis.items {
        let row = |value: &str, n: &str, absent: &'static str| {
            ["distribution", &item.path, "people", value, "", "", n, available, absent, ""].map(str::to_owned)
        };
        let rows = match &item.distribution {
            Some(cells) => {
                let cell = |cell: &kompetenz::analysis::Cell| {
                    row(&cell.value.to_string(), &cell.people.to_string(), "")
                };
                cells.iter().map(cell).collect()
            }
            None => vec![row("", "", Lack::TooFewPeople.name())],
        };
        for row in &rows {
            line(std::array::from_fn(|cell| row[cell].as_str()));
        }
    }
    out
}

/// A cell that a spreadsheet reads as the text it is: names are never taken for formulas.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
        || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', ';', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// The report for people.
struct Text {
    ui: Ui,
}

impl Text {
    fn render(&self, analysis: &Analysis) -> String {
        let Analysis { assessment, version, smallest_group, .. } = analysis;
        if let Some(lack) = analysis.suppressed {
            let why = lack.meaning();
            return format!("{assessment} {version}: {}\n", self.say(&why));
        }
        let people = analysis.people.unwrap_or_default();
        let mut parts = vec![format!(
            "{}\n",
            self.say(&words!(
                "{assessment} {version}: {people} people; nothing rests on fewer than {smallest_group}",
                "{assessment} {version}: {people} Personen; nichts beruht auf weniger als {smallest_group}"
            ))
        )];
        if !analysis.measures.is_empty() {
            parts.push(self.measures(&analysis.measures, analysis));
            parts.push(self.parts(&analysis.measures, analysis));
        }
        parts.push(self.items(analysis));
        parts.push(self.distributions(analysis));
        parts.push(self.agreement(analysis));
        parts.push(self.same_count(analysis));
        parts.push(self.same_observers(analysis));
        if analysis.items.iter().any(|item| !item.pairs.is_empty()) {
            parts.push(self.pairs(analysis));
        }
        parts.push(self.legend(analysis));
        parts.join("\n")
    }

    fn say<'w>(&self, words: &'w Words) -> &'w str {
        words.get(self.ui)
    }

    /// A heading with the people that its figures rest on.
    fn heading(&self, title: &Words, treatment: Treatment) -> String {
        format!("{} – n: {}\n", self.say(title), self.say(&treatment.meaning()))
    }

    fn measures(&self, measures: &[MeasureAnalysis], analysis: &Analysis) -> String {
        let title = words!("Do the items of a measure belong together?", "Gehören die Merkmale zusammen?");
        let statistics = [Statistic::CronbachAlpha, Statistic::Kr20];
        let items = words!("items", "Merkmale");
        let mut table = Table::new(1, &[self.measure(), self.say(&items), "n"], &statistics);
        for measure in measures {
            let [path, items] = [measure.path.clone(), measure.items.len().to_string()];
            table.add(
                [path, items, n(&measure.figures, statistics[0])],
                &measure.figures,
                &statistics,
                analysis,
            );
        }
        self.heading(&title, Treatment::Listwise) + &table.render()
    }

    fn parts(&self, measures: &[MeasureAnalysis], analysis: &Analysis) -> String {
        let title = words!("Items in their measures", "Merkmale in ihren Messwerten");
        let statistics = [Statistic::ItemTotal, Statistic::AlphaIfDeleted];
        let mut table = Table::new(2, &[self.measure(), self.item(), "n"], &statistics);
        for measure in measures {
            for part in &measure.items {
                let cells = [measure.path.clone(), part.path.clone(), n(&part.figures, statistics[0])];
                table.add(cells, &part.figures, &statistics, analysis);
            }
        }
        self.heading(&title, Treatment::Listwise) + &table.render()
    }

    fn items(&self, analysis: &Analysis) -> String {
        let statistics = [Statistic::Difficulty, Statistic::Mean, Statistic::StandardDeviation];
        let mut table = Table::new(1, &[self.item(), "n"], &statistics);
        for item in &analysis.items {
            table.add(
                [item.path.clone(), n(&item.figures, statistics[0])],
                &item.figures,
                &statistics,
                analysis,
            );
        }
        self.heading(&words!("Items", "Merkmale"), Treatment::Available) + &table.render()
    }

    /// How many people have each value. A long scale has too many for a line.
    fn distributions(&self, analysis: &Analysis) -> String {
        let title = words!("Distribution: value × people", "Verteilung: Wert × Personen");
        let mut table = Table::new(2, &[self.item(), ""], &[]);
        for ItemAnalysis { path, distribution, .. } in &analysis.items {
            let cells = match distribution {
                None => footnote(Lack::TooFewPeople, analysis),
                Some(cells) if cells.len() > 17 => {
                    let count = cells.len();
                    let long = words!(
                        "{count} different values, see --format csv",
                        "{count} verschiedene Werte, siehe --format csv"
                    );
                    self.say(&long).to_owned()
                }
                Some(cells) => {
                    let cell =
                        |cell: &kompetenz::analysis::Cell| format!("{}×{}", short(cell.value), cell.people);
                    cells.iter().map(cell).collect::<Vec<_>>().join("  ")
                }
            };
            table.rows.push(vec![path.clone(), cells]);
        }
        self.heading(&title, Treatment::Available) + &table.render()
    }

    fn agreement(&self, analysis: &Analysis) -> String {
        let title = words!("Agreement of all observers", "Übereinstimmung aller Beobachtenden");
        let statistics = [
            Statistic::PercentAgreement,
            Statistic::KrippendorffNominal,
            Statistic::KrippendorffOrdinal,
            Statistic::KrippendorffInterval,
        ];
        let mut table = Table::new(1, &[self.item(), "n"], &statistics);
        for item in &analysis.items {
            table.add(
                [item.path.clone(), n(&item.figures, statistics[0])],
                &item.figures,
                &statistics,
                analysis,
            );
        }
        self.heading(&title, Treatment::Pairable) + &table.render()
    }

    fn same_count(&self, analysis: &Analysis) -> String {
        let title = words!("Agreement of k observers", "Übereinstimmung von k Beobachtenden");
        let statistics = [Statistic::FleissKappa, Statistic::Icc11, Statistic::Icc1k];
        let mut table = Table::new(1, &[self.item(), "n", "k"], &statistics);
        for item in &analysis.items {
            let k = item.observers_per_person.map_or("–".to_owned(), |k| k.to_string());
            table.add(
                [item.path.clone(), n(&item.figures, statistics[0]), k],
                &item.figures,
                &statistics,
                analysis,
            );
        }
        self.heading(&title, Treatment::SameCount) + &table.render()
    }

    fn same_observers(&self, analysis: &Analysis) -> String {
        let title = words!("Agreement of the same observers", "Übereinstimmung derselben Beobachtenden");
        let statistics = [Statistic::Icc21, Statistic::Icc2k, Statistic::Icc31, Statistic::Icc3k];
        let observers = words!("observers", "Beobachtende");
        let mut table = Table::new(2, &[self.item(), self.say(&observers), "n"], &statistics);
        for item in &analysis.items {
            let observers = if item.same_observers.is_empty() {
                "–".to_owned()
            } else {
                item.same_observers.join(" + ")
            };
            let cells = [item.path.clone(), observers, n(&item.figures, statistics[0])];
            table.add(cells, &item.figures, &statistics, analysis);
        }
        self.heading(&title, Treatment::SameObservers) + &table.render()
    }

    fn pairs(&self, analysis: &Analysis) -> String {
        let title = words!("Agreement of two observers", "Übereinstimmung von zwei Beobachtenden");
        let statistics = [
            Statistic::PercentAgreement,
            Statistic::CohenKappa,
            Statistic::CohenKappaLinear,
            Statistic::CohenKappaQuadratic,
        ];
        let observers = words!("observers", "Beobachtende");
        let mut table = Table::new(2, &[self.item(), self.say(&observers), "n"], &statistics);
        for item in &analysis.items {
            for pair in &item.pairs {
                let cells = [item.path.clone(), pair.observers.join(" + "), n(&pair.figures, statistics[0])];
                table.add(cells, &pair.figures, &statistics, analysis);
            }
        }
        self.heading(&title, Treatment::Pairwise) + &table.render()
    }

    fn legend(&self, analysis: &Analysis) -> String {
        let mut table = Table { left: 3, rows: Vec::new() };
        for (statistic, explained) in &analysis.legend.statistics {
            let cells = [statistic.symbol(), self.say(&explained.meaning), explained.source];
            table.rows.push(cells.map(str::to_owned).to_vec());
        }
        for (lack, meaning) in &analysis.legend.absent {
            table.rows.push(vec![footnote(*lack, analysis), self.say(meaning).to_owned(), String::new()]);
        }
        let interval = words!("[ ]: 95 % confidence interval", "[ ]: 95-%-Konfidenzintervall");
        format!("{}\n{}", self.say(&interval), table.render())
    }

    fn item(&self) -> &'static str {
        match self.ui {
            Ui::En => "item",
            Ui::De => "Merkmal",
        }
    }

    fn measure(&self) -> &'static str {
        match self.ui {
            Ui::En => "measure",
            Ui::De => "Messwert",
        }
    }
}

/// On how many people a figure rests.
fn n(figures: &Figures, statistic: Statistic) -> String {
    figures.get(&statistic).and_then(|figure| figure.n).map_or("–".to_owned(), |n| n.to_string())
}

/// A dash with the number under which the legend says why.
fn footnote(lack: Lack, analysis: &Analysis) -> String {
    const NUMBERS: [&str; 7] = ["", "¹", "²", "³", "⁴", "⁵", "⁶"];
    let position =
        analysis.legend.absent.keys().position(|other| *other == lack).map_or(0, |found| found + 1);
    format!("–{}", NUMBERS.get(position).unwrap_or(&""))
}

/// A value without needless digits: `2`, `2.5`, `2.33`.
fn short(value: f64) -> String {
    let shown = format!("{value:.2}");
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Columns for the terminal: the first ones begin on the left, numbers end on the right.
struct Table {
    left: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(left: usize, head: &[&str], statistics: &[Statistic]) -> Table {
        let statistics = statistics.iter().map(|statistic| statistic.symbol());
        Table { left, rows: vec![head.iter().copied().chain(statistics).map(str::to_owned).collect()] }
    }

    fn add<const N: usize>(
        &mut self,
        head: [String; N],
        figures: &Figures,
        statistics: &[Statistic],
        analysis: &Analysis,
    ) {
        let cell = |statistic: &Statistic| match figures.get(statistic).map(|figure| figure.result) {
            Some(Ok(Estimate { value, .. })) if *statistic == Statistic::PercentAgreement => {
                format!("{value:.0}")
            }
            Some(Ok(Estimate { value, interval: Some((lower, upper)) })) => {
                format!("{value:.2} [{lower:.2} {upper:.2}]")
            }
            Some(Ok(Estimate { value, interval: None })) => format!("{value:.2}"),
            Some(Err(lack)) => footnote(lack, analysis),
            None => String::new(),
        };
        self.rows.push(head.into_iter().chain(statistics.iter().map(cell)).collect());
    }

    fn render(&self) -> String {
        let width =
            |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.rows.first().map_or(0, Vec::len)).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
                if column < self.left { format!("{cell:width$}") } else { format!("{cell:>width$}") }
            });
            format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
        };
        self.rows.iter().map(line).collect()
    }
}
