//! Results as a table for further work.

use kompetenz::assessment::{Assessment, Ix, Measure, Node};
use kompetenz::{Advice, Exact, Outcome, Scored};

use super::{Cell, Table};

/// One row per person, in the order given. Names are left out; the key identifies.
///
/// The columns follow from the definition alone, so that files of one version can be put under each other:
///
/// | column | |
/// |---|---|
/// | `key` | the key of the person |
/// | `file`, `row` | where the person's results begin; the row is empty if they are not from a file |
/// | the path of each measure | its value, rounded as the definition shows it (`shown`), otherwise to four decimal places |
/// | the path and `.level` | the id of its level, after caps and floors |
/// | the path and `.outcome` | `result`, `insufficient`, `disputed` or `not-taken`; the value and level of the latter three are empty, and never a zero |
/// | the path and `.own` | what the self-assessment gives, to four decimal places |
/// | `findings`, `recommended` | paths of the findings that hold and of the recommendations that are made, with spaces between them |
/// | the path of each job | its verdict, in the word of the definition |
///
/// Measures and jobs stand in the order of the definition.
/// All people must have been scored with `assessment`.
///
/// ```
/// use kompetenz::{Record, recommend, score};
/// use kompetenz_sheets::write::{Dialect, scores};
/// # let source = "id='a'\nversion='1'\nlanguage='de'\ntitle='A'\n[[scale]]\nid='s'\nvalues=[0,1]\n[[item]]\nid='i'\nscale='s'\ntitle='I'\n[[measure]]\nid='m'\ntitle='M'\nrule='mean'\nof=['i']\n";
/// # let assessment = kompetenz::check(&kompetenz::Sources::new("assessment.toml", source)).assessment.unwrap();
/// # let table = b"key;name;observer;i\nP-1;Ana;anna;1\n";
/// # let entry = kompetenz_sheets::read(table, "results.csv", &assessment.vocabulary()).unwrap().people.remove(0).unwrap();
///
/// let record = Record::new(&assessment, &entry).expect("ratings of its scales");
/// let scored = score(&record);
/// let advice = recommend(&scored, jiff::civil::date(2026, 11, 22));
/// let csv = scores(&assessment, &[advice]).to_csv(Dialect::Plain)?;
/// assert_eq!(
///     String::from_utf8_lossy(&csv),
///     "key,file,row,m,m.level,m.outcome,m.own,findings,recommended\nP-1,results.csv,2,1,,result,,,\n"
/// );
/// # Ok::<(), kompetenz_sheets::write::WriteError>(())
/// ```
pub fn scores(assessment: &Assessment, people: &[Advice<'_>]) -> Table {
    let mut headings: Vec<String> = ["key", "file", "row"].map(str::to_owned).into();
    for (_, measure) in assessment.measures() {
        let path = &measure.path;
        headings.extend(["", ".level", ".outcome", ".own"].map(|what| format!("{path}{what}")));
    }
    headings.extend(["findings", "recommended"].map(str::to_owned));
    headings.extend(assessment.jobs().map(|(_, job)| job.path.clone()));

    let mut table = Table::new(headings);
    for advice in people {
        let scored = advice.scored();
        let record = scored.record();
        let row = record.origin.spot.row;
        let mut cells = vec![
            Cell::text(&record.key),
            Cell::text(&*record.origin.source().file),
            if row > 0 { Cell::Number(Exact::from(i64::from(row))) } else { Cell::Empty },
        ];
        cells.extend(assessment.measures().flat_map(|(ix, _)| measure_cells(assessment, scored, ix)));
        cells.push(paths(advice.findings().map(|finding| finding.path.as_str())));
        cells.push(paths(advice.recommended().iter().map(|recommendation| recommendation.path.as_str())));
        cells.extend(assessment.jobs().map(|(ix, _)| Cell::text(scored.job(ix).verdict.word())));
        table.push(cells);
    }
    table
}

fn measure_cells(assessment: &Assessment, scored: &Scored<'_>, ix: Ix<Measure>) -> [Cell; 4] {
    let outcome = scored.outcome(Node::Measure(ix));
    let number = |value: Option<Exact>| value.map_or(Cell::Empty, Cell::Number);
    let value = scored.shown(ix).or_else(|| outcome.value().cloned());
    let level = assessment.level(ix, outcome.level()).map(|level| level.id.as_str());
    let word = match outcome {
        Outcome::Score { .. } | Outcome::Level(_) => "result",
        Outcome::Insufficient(_) => "insufficient",
        Outcome::Disputed { .. } => "disputed",
        Outcome::NotTaken => "not-taken",
    };
    let own = scored.own(Node::Measure(ix)).cloned();
    [number(value), Cell::maybe_text(level), Cell::text(word), number(own)]
}

/// Paths have neither spaces nor semicolons, so a list of them is one cell in every file.
fn paths<'p>(paths: impl Iterator<Item = &'p str>) -> Cell {
    let list = paths.collect::<Vec<_>>().join(" ");
    if list.is_empty() { Cell::Empty } else { Cell::Text(list) }
}
