//! Journeys through the built console.
