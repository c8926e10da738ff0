/// Which endpoint of a backend takes the call: groups, least request, ejection, retry. Imports upstream and what
/// it may import.
@NullMarked
package dev.agw.balance;

import org.jspecify.annotations.NullMarked;
