/// Whether a fleet of gateways may be upgraded, is being upgraded well, and has been.
///
/// A [dev.agw.cli.upgrade.Snapshot] is all that checks look at; each check is a function of it. What could not be read
/// is part of a snapshot, so that no check passes for want of knowledge.
@NullMarked
package dev.agw.cli.upgrade;

import org.jspecify.annotations.NullMarked;
