//! Hosts the console and answers the APIs it speaks.
