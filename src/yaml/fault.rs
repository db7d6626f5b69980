//! What the YAML parser cannot read, in an author's words: what is wrong at that place, and what most often
//! mends it. The parser's own words stand only where no author will come by chance.

use crate::diag::{Code, Diagnostic};
use crate::lang::Bilingual;
use crate::say;
use crate::source::Span;
use granit_parser::ErrorKind as E;

/// The diagnostic of a fault.
pub(super) fn diagnostic(kind: &E, span: Span) -> Diagnostic {
    if let E::UnknownAnchor = kind {
        return Diagnostic::new(Code::G008, span, say!("alias YAML (« * »)", "YAML alias (“*”)")).help(say!(
            "écrivez la valeur en toutes lettres ; si le texte commence par « * », mettez-le entre guillemets",
            "write the value out; if the text begins with “*”, put it in quotes"
        ));
    }
    if let E::RecursionLimitExceeded = kind {
        return Diagnostic::new(
            Code::G009,
            span,
            say!("trop de niveaux imbriqués", "too many nested levels"),
        );
    }
    let (message, help) = words(kind);
    Diagnostic::new(Code::G006, span, message).help(help)
}

fn words(kind: &E) -> (Bilingual, Bilingual) {
    match kind {
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => (
            say!("les guillemets ouverts ici ne sont pas fermés", "the quotes opened here are not closed"),
            say!(
                "fermez-les ; dans une valeur entre guillemets doubles, un guillemet s’écrit « \\\" »",
                "close them; inside double quotes, a quote is written “\\\"”"
            ),
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            say!("rien ne doit suivre les guillemets fermants", "nothing may follow the closing quotes"),
            say!(
                "mettez toute la valeur entre guillemets ; à l’intérieur, un guillemet double s’écrit « \\\" »",
                "put the whole value in quotes; inside them, a double quote is written “\\\"”"
            ),
        ),
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::MisplacedFlowCollectionEnd
        | E::MismatchedFlowCollectionEnd { .. }
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator => (
            say!(
                "les crochets ou les accolades ne vont pas ensemble ici",
                "the brackets or braces do not match here"
            ),
            say!(
                "fermez chaque « [ » par « ] » et chaque « {{ » par « }} », avec une virgule entre deux valeurs ; un texte qui commence par « [ » ou « {{ » se met entre guillemets",
                "close each “[” with “]” and each “{{” with “}}”, with a comma between two values; text that begins with “[” or “{{” goes in quotes"
            ),
        ),
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => (
            say!("une tabulation sert de retrait", "a tab is used for indentation"),
            say!("remplacez-la par des espaces", "replace it with spaces"),
        ),
        E::MappingValueNotAllowed
        | E::MappingKeyNotAllowed
        | E::InvalidColonPlacement
        | E::FlowMappingValueAdjacentCollection
        | E::InvalidMappingValueWhitespace => (
            say!("un deux-points de trop", "one colon too many"),
            say!(
                "si la valeur contient « : », mettez-la entre guillemets ; sinon, vérifiez le retrait de la ligne",
                "if the value contains “: ”, put it in quotes; otherwise, check the line’s indentation"
            ),
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            say!("une ligne « clé: valeur » est attendue ici", "a line “key: value” is expected here"),
            say!(
                "il manque peut-être le deux-points et l’espace qui le suit, ou le retrait de la suite d’une valeur",
                "perhaps the colon and the space after it are missing, or the indentation of a value that continues"
            ),
        ),
        E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::BlockSequenceEntryNotAllowed
        | E::BlockEntryInFlowCollection
        | E::InvalidBlockEntryWhitespace
        | E::InvalidIndentation
        | E::InvalidBlockScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::InvalidFlowScalarIndent
        | E::UnexpectedEofBlockSequence
        | E::UnexpectedEofBlockMapping => (
            say!("cette ligne n’est pas à sa place", "this line is out of place"),
            say!(
                "alignez-la sur ses voisines : le même retrait pour toutes les clés d’un niveau, un tiret devant chaque élément d’une liste",
                "align it with its neighbours: the same indentation for all the keys of a level, a hyphen before each item of a list"
            ),
        ),
        E::UnexpectedCharacter { character } => (
            say!(
                "une valeur ne peut pas commencer par « {character} »",
                "a value cannot begin with “{character}”"
            ),
            say!("mettez-la entre guillemets", "put it in quotes"),
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => (
            say!(
                "ce qui suit « \\ » n’a pas de sens entre guillemets doubles",
                "what follows “\\” means nothing inside double quotes"
            ),
            say!("écrivez « \\\\ » pour une barre oblique inverse", "write “\\\\” for a backslash"),
        ),
        E::CommentInterceptedScalar | E::CommentNotSeparated => (
            say!("un « # » commence ici un commentaire", "a “#” begins a comment here"),
            say!("mettez la valeur entre guillemets", "put the value in quotes"),
        ),
        E::ExpectedTagBang
        | E::UndeclaredTagHandle
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidTagTerminator
        | E::InvalidGlobalTagCharacter => (
            say!(
                "une valeur ne peut pas commencer par « ! » sans guillemets",
                "a value cannot begin with “!” without quotes"
            ),
            say!("mettez-la entre guillemets", "put it in quotes"),
        ),
        other => (
            say!("le YAML est illisible ici ({other})", "the YAML cannot be read here ({other})"),
            say!(
                "vérifiez le retrait, le deux-points suivi d’un espace, et les guillemets autour d’une valeur qui contient « : » ou « # »",
                "check the indentation, the colon followed by a space, and the quotes around a value that contains “: ” or “ #”"
            ),
        ),
    }
}
