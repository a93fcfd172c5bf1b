//! The relay as a program of its own.

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    linli_relay::run(&arguments, linli_relay::settings::Language::from_environment())
}
