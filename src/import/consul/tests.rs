//! Small tables as CONSUL sites publish them, and as researchers make them.
