//! What a definition says of the documents beside the certificate: the easy-read page and the report.

use serde::{Deserialize, Serialize};

use super::Ref;
use super::decode::{At, wire};

wire! {
    /// What the easy-read page says besides results. It explains the certificate, so there must be one.
    pub struct EasyRead {
        /// What the page is called.
        pub title: At<String>,
        /// What stands first, one short sentence each.
        pub opening: Vec<At<String>>,
        /// What stands last, one short sentence each.
        pub closing: Vec<At<String>>,
        /// The measures with a bar on the page, in this order. Without it: those on the first page of the certificate.
        pub profile: Vec<Ref>,
    }
}

wire! {
    /// What the report for advisers shows.
    pub struct Report {
        /// What it leaves out.
        pub leave_out: Vec<At<ReportPart>>,
    }
}

wire! {
    /// A part of the report that may be left out.
    pub word ReportPart {
        /// Single items with their ratings: what stays are the measures.
        Items = "items",
        /// The names of those who observed: they are numbered instead.
        Observers = "observers",
        /// What observers noted.
        Notes = "notes",
        /// What is known about the person besides observations.
        Facts = "facts",
        /// Jobs, feature by feature.
        Jobs = "jobs",
        /// Self-assessments that are worth a talk.
        Talks = "talks",
    }
}

wire! {
    /// A picture of the easy-read page.
    pub word Picture {
        /// Work with metal: a nut in a spanner.
        Metal = "metal",
        /// Work with wood: a hand saw.
        Wood = "wood",
        /// Cleaning: a bucket.
        Cleaning = "cleaning",
        /// Kitchen: a pot.
        Kitchen = "kitchen",
        /// Care for people: a hand that holds a heart.
        Care = "care",
        /// Warehouse: boxes.
        Warehouse = "warehouse",
        /// Listening: an ear.
        Listen = "listen",
        /// Reading: an open book.
        Read = "read",
        /// Writing: a pen.
        Write = "write",
        /// Speaking: a speech bubble.
        Speak = "speak",
        /// Numbers: one, two, three.
        Numbers = "numbers",
        /// The mobile phone.
        Phone = "phone",
        /// The computer.
        Computer = "computer",
        /// Interest: a heart.
        Interest = "interest",
        /// Several people.
        Team = "team",
        /// Learning: a graduation cap.
        Learn = "learn",
        /// Work: a helmet.
        Work = "work",
        /// Advice: two people who talk.
        Advice = "advice",
        /// A date: a calendar.
        Calendar = "calendar",
        /// A certificate or another paper.
        Paper = "paper",
        /// Time: a clock.
        Clock = "clock",
        /// A search: a magnifying glass.
        Search = "search",
        /// Something that succeeds: a tick.
        Done = "done",
    }
}

/// In data of a document a picture has the same name as in a definition.
impl Serialize for Picture {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Picture {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Picture, D::Error> {
        let word = String::deserialize(deserializer)?;
        Picture::ALL
            .iter()
            .copied()
            .find(|picture| picture.word() == word)
            .ok_or_else(|| serde::de::Error::custom("not the name of a picture"))
    }
}
