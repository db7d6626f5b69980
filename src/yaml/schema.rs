//! JSON Schemas (draft 2020-12) from the declarations of records, so that editors complete and check as one types.

use super::record::{RecordShape, Shape};
use serde_json::{Map, Value, json};

/// The schema of a whole file, by its main record; `list` when the file may also be a list of them.
pub fn schema(title: &str, shape: &RecordShape, list: bool) -> Value {
    let mut definitions = Map::new();
    let record = record(shape, &mut definitions);
    let main = if list { json!({"anyOf": [record, {"type": "array", "items": record}]}) } else { record };
    let mut out = Map::new();
    out.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    out.insert("title".into(), json!(title));
    if let Value::Object(main) = main {
        out.extend(main);
    }
    out.insert("$defs".into(), Value::Object(definitions));
    Value::Object(out)
}

fn record(shape: &RecordShape, definitions: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in &shape.keys {
        let mut value = of(&key.shape, definitions);
        if let Value::Object(value) = &mut value {
            value.insert("description".into(), json!(sentence(key.doc)));
        }
        properties.insert(key.name.into(), value);
    }
    let required: Vec<&str> = shape.keys.iter().filter(|k| k.required).map(|k| k.name).collect();
    json!({
        "type": "object",
        "description": sentence(shape.doc),
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn of(shape: &Shape, definitions: &mut Map<String, Value>) -> Value {
    match shape {
        // A plain `2015`, `1e3` or `true` is text for Greffe; an editor's YAML reader makes something else of it.
        Shape::Text | Shape::Markdown => json!({"type": ["string", "number", "boolean"]}),
        Shape::Integer => json!({"type": "integer", "minimum": 0}),
        Shape::Number => json!({"type": "number"}),
        Shape::Boolean => json!({"type": "boolean"}),
        Shape::Id => json!({"type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$"}),
        Shape::Date => json!({"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}),
        Shape::Moment => json!({
            "type": "string",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?)?$",
        }),
        Shape::Url => json!({"type": "string", "format": "uri", "pattern": "^https?://"}),
        Shape::Path => json!({"type": "string"}),
        Shape::Language => json!({"type": "string", "pattern": "^[a-z]{2,3}(-[a-z0-9]{1,8})*$"}),
        Shape::Choice(words) => json!({
            "enum": words.iter().map(|(word, _)| word).collect::<Vec<_>>(),
            "markdownDescription":
                words.iter().map(|(w, d)| format!("- `{w}`: {}", d.trim())).collect::<Vec<_>>().join("\n"),
        }),
        Shape::Localised(inner) => {
            let inner = of(inner, definitions);
            json!({"anyOf": [inner, {
                "type": "object",
                "propertyNames": {"pattern": "^[a-z]{2,3}(-[a-z0-9]{1,8})*$"},
                "additionalProperties": inner,
            }]})
        }
        Shape::List(inner) => {
            let inner = of(inner, definitions);
            json!({"anyOf": [inner, {"type": "array", "items": inner}]})
        }
        Shape::Map(inner) => json!({"type": "object", "additionalProperties": of(inner, definitions)}),
        Shape::Record(name, shape) => {
            let name = name.replace(' ', "-");
            if !definitions.contains_key(&name) {
                definitions.insert(name.clone(), Value::Null);
                let value = record(&shape(), definitions);
                definitions.insert(name.clone(), value);
            }
            json!({"$ref": format!("#/$defs/{name}")})
        }
    }
}

fn sentence(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}
