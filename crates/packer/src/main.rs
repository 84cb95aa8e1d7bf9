//! The worker's program.

fn main() {
    packer::worker::start();
}
