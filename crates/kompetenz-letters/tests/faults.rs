//! Faulty texts: all mistakes at once, each at its place.

use insta::assert_snapshot;
use kompetenz::Ui;

use crate::{definition, said};

#[test]
fn all_mistakes_of_a_text_are_told_at_once() {
    let text = "\
Dear {{ participant.nmae }}, born {{ participant.birth_date }},

{% for step in steps %}
{{ step.titel }}
{% for r in step.recommendations %}
- {{ r.text }} until {{ r.due }} {{ r.body|shout }}
{% endfor %}
{% endfor %}
{% if perriod %}{{ period }}{% else %}{{ talc.day }}{% endif %}
We meet on {{ talk.day }}; {{ steps[0].title }}
{{ 1 + \"a\" }}
";
    assert_snapshot!(said(&definition("markdown", text), Ui::En), @"");
}
