// SPDX-License-Identifier: MIT OR Apache-2.0
//! As much of JSON Schema as `assets/signoff.schema.json` uses, and not a word more: an unknown
//! keyword is an error, so the schema can't outgrow the check unseen.

use serde_json::Value;

/// Returns what is wrong with `value`, each with its place.
pub(crate) fn errors(schema: &Value, value: &Value) -> Vec<String> {
    let mut out = Vec::new();
    check(schema, value, "", &mut out);
    out
}

fn check(schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    let keywords = match schema {
        Value::Bool(true) => return,
        Value::Bool(false) => return out.push(format!("{at}: must not be there")),
        schema => schema.as_object().expect("a schema is a bool or an object"),
    };
    for (keyword, rule) in keywords {
        let fine = match keyword.as_str() {
            "$schema" | "$id" | "title" | "then" => true,
            // "if" needs its "then", which stands beside it.
            "if" => {
                if errors(rule, value).is_empty() {
                    check(&schema["then"], value, at, out);
                }
                true
            }
            "allOf" => {
                rule.as_array().unwrap().iter().for_each(|each| check(each, value, at, out));
                true
            }
            "type" => has_type(rule.as_str().unwrap(), value),
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "format" => {
                assert_eq!(rule, "date-time");
                value.as_str().is_none_or(|text| text.parse::<jiff::Timestamp>().is_ok())
            }
            "pattern" => value.as_str().is_none_or(|text| {
                regex::Regex::new(rule.as_str().unwrap()).unwrap().is_match(text)
            }),
            "minimum" => value.as_i64().is_none_or(|n| n >= rule.as_i64().unwrap()),
            _ => in_container(keyword, rule, keywords, value, at, out),
        };
        if !fine {
            out.push(format!("{at}: {value} fails {keyword} {rule}"));
        }
    }
}

fn in_container(
    keyword: &str,
    rule: &Value,
    keywords: &serde_json::Map<String, Value>,
    value: &Value,
    at: &str,
    out: &mut Vec<String>,
) -> bool {
    let list = value.as_array();
    let object = value.as_object();
    let size = || rule.as_u64().unwrap() as usize;
    match keyword {
        "minItems" => list.is_none_or(|list| list.len() >= size()),
        "maxItems" => list.is_none_or(|list| list.len() <= size()),
        "uniqueItems" => list.is_none_or(|l| (1..l.len()).all(|i| !l[..i].contains(&l[i]))),
        "items" => {
            for (i, item) in list.into_iter().flatten().enumerate() {
                check(rule, item, &format!("{at}/{i}"), out);
            }
            true
        }
        "minProperties" => object.is_none_or(|object| object.len() >= size()),
        "maxProperties" => object.is_none_or(|object| object.len() <= size()),
        "required" => object.is_none_or(|object| {
            rule.as_array().unwrap().iter().all(|name| object.contains_key(name.as_str().unwrap()))
        }),
        "properties" => {
            for (name, schema) in rule.as_object().unwrap() {
                if let Some(member) = object.and_then(|object| object.get(name)) {
                    check(schema, member, &format!("{at}/{name}"), out);
                }
            }
            true
        }
        "additionalProperties" => {
            let known = keywords.get("properties").and_then(Value::as_object);
            for (name, member) in object.into_iter().flatten() {
                if known.is_none_or(|known| !known.contains_key(name)) {
                    check(rule, member, &format!("{at}/{name}"), out);
                }
            }
            true
        }
        other => panic!("{at}: the check does not know the keyword {other}"),
    }
}

fn has_type(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        other => panic!("the check does not know the type {other}"),
    }
}
