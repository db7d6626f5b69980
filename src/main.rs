//! The `greffe` command: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(greffe::cli::run())
}
