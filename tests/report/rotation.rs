// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the report says of credentials that must be rotated.

use std::sync::Arc;

use debut::{
    domain::{Act, HistorySummary, Rotated, Verdict, Vote},
    review::{FindingIdx, RotationAnswer},
};
use serde_json::{Value, json};

use crate::{
    assert_failed, assert_valid, decide_all,
    review::{HOST, Review, TOKEN},
};

/// Two credentials and a host, all redacted; the history too is published, if asked for.
fn redacted(history: bool, votes: Vec<Vote>) -> Review {
    let mut review = Review::with_votes(votes);
    review.add(TOKEN, b"deploy/prod.env", 3, b"tok_hunter");
    review.add(TOKEN, b"deploy/test.env", 4, b"tok_hunter");
    review.add(TOKEN, b"other.env", 5, b"tok_second");
    review.add(HOST, b"other.env", 6, b"db.corp");
    for i in 0..4 {
        decide_all(&mut review, FindingIdx(i), Verdict::Redact, None);
    }
    review.session.publish_history(history);
    review.history = history.then(HistorySummary::default);
    review
}

fn value(review: &Review, i: u32) -> Arc<str> {
    review.session.identity(FindingIdx(i)).value.clone()
}

fn answer(review: &mut Review, i: u32, answer: &RotationAnswer) {
    let value = value(review, i);
    let step = review.session.answer_rotation(&[value], answer, 1_763_805_600_000);
    step.expect("an answer");
}

fn rotation(review: &Review) -> Value {
    let json = review.json();
    assert_valid(&json);
    json["predicate"]["rotation"].clone()
}

#[test]
fn a_credential_of_a_published_history_that_is_not_rotated_fails() {
    let mut review = redacted(true, Vec::new());
    assert_failed(&review, "credentials-not-rotated");
    let entry = rotation(&review);
    assert_eq!((&entry["asked"], &entry["waiting"]), (&json!(2), &json!(2)));
    answer(&mut review, 0, &RotationAnswer::new(Rotated::Yes));
    answer(&mut review, 2, &RotationAnswer::new(Rotated::Unknown));
    assert_failed(&review, "credentials-not-rotated");
    assert_eq!(rotation(&review)["blocking"], 1);
    answer(&mut review, 2, &RotationAnswer::new(Rotated::NeverLive));
    assert!(review.report().passed(), "{}", review.json()["predicate"]["against"]);
    let entry = rotation(&review);
    assert_eq!((&entry["rotated"], &entry["never_live"]), (&json!(1), &json!(1)));
    let [_, markdown, html] = review.documents();
    for text in [markdown, html] {
        assert!(text.contains("Rotation of credentials (waiting: 0 of 2)"), "{text}");
        assert!(!text.contains("To do: "), "{text}");
    }
}

#[test]
fn where_only_files_are_published_it_is_a_warning() {
    let review = redacted(false, Vec::new());
    assert!(review.report().passed());
    let json = review.json();
    let residual = json["predicate"]["residual"].as_array().expect("a list");
    let text = "2 redacted credentials are not known to be rotated";
    assert!(residual.contains(&json!({ "class": "not-rotated", "text": text })), "{residual:?}");
    let entry = rotation(&review);
    assert_eq!((&entry["blocks"], &entry["waiting"]), (&json!(false), &json!(2)));
    for text in &review.documents()[1..] {
        assert!(text.contains("Rotation of credentials (waiting: 2 of 2)"), "{text}");
        assert!(text.contains("are a warning") && text.contains("To do: Revoke it."), "{text}");
    }
}

#[test]
fn who_said_what_is_told_and_no_value_is() {
    let mut review = redacted(true, Vec::new());
    let full = RotationAnswer {
        note: Some("in May".into()),
        link: Some("https://tracker/OPS-5".into()),
        ..RotationAnswer::new(Rotated::No)
    };
    answer(&mut review, 0, &full);
    let mut votes = review.session.votes().to_vec();
    let last = votes.last().expect("a vote").clone();
    let earlier = Vote {
        by: "reviewer2@example.com".into(),
        act: Act::Rotate(Rotated::Yes),
        at: last.at - 1,
        // As somebody could write it by hand.
        note: Some("was tok_hunter".into()),
        ..last
    };
    votes.push(earlier);
    let review = redacted(true, votes);
    let entry = rotation(&review);
    let credentials = entry["credentials"].as_array().expect("a list");
    let first = &credentials[0];
    assert_eq!(
        (&first["state"], &first["safe"], &first["verdict"]),
        (&json!("disputed"), &json!(false), &json!("redacted"))
    );
    assert_eq!(first["first"], json!(["deploy/prod.env:3", "deploy/test.env:4"]));
    assert_eq!(first["answers"][0]["by"], "reviewer2@example.com");
    assert_eq!(first["answers"][1]["answer"], "not-rotated");
    assert_eq!(first["answers"][1]["link"], "https://tracker/OPS-5");
    let [json, markdown, html] = review.documents();
    assert!(markdown.contains("**reviewers differ**: Test token, critical"), "{markdown}");
    assert!(markdown.contains("**not rotated yet** by reviewer1@example.com"), "{markdown}");
    for text in [json, markdown, html] {
        assert!(!text.contains("tok_hunter") && !text.contains("tok_second"), "{text}");
    }
}
