//! Small tables of both generations.
