-- Which cluster this is; the same on a primary and its standbys.
SELECT system_identifier FROM pg_control_system()
