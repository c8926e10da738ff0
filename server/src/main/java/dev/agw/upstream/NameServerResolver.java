package dev.agw.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/*
 * The operating system's resolver keeps to itself how long an answer counts, so this one asks the name servers of
 * /etc/resolv.conf, after /etc/hosts and with its search path, as the system does.
 */
/// Asks the name servers, and knows how long their answers count.
final class NameServerResolver {
    private final LookupSession session;

    NameServerResolver() {
        this(LookupSession.defaultBuilder().clearCaches().build());
    }

    NameServerResolver(LookupSession session) {
        this.session = session;
    }

    /// All addresses of `host`. Blocks.
    ///
    /// @throws UnknownHostException there is none, or no name server answers
    Resolution resolve(String host) throws UnknownHostException {
        Name name = name(host);
        List<Record> found = new ArrayList<>(records(name, Type.A));
        found.addAll(records(name, Type.AAAA));
        if (found.isEmpty()) {
            throw new UnknownHostException(host);
        }
        Optional<Duration> lifetime =
                found.stream().map(Record::getTTL).min(Long::compare).map(Duration::ofSeconds);
        return new Resolution(found.stream().map(NameServerResolver::address).toList(), lifetime);
    }

    private static Name name(String host) throws UnknownHostException {
        try {
            return Name.fromString(host);
        } catch (TextParseException e) {
            throw new UnknownHostException(host);
        }
    }

    private List<Record> records(Name name, int type) throws UnknownHostException {
        try {
            return session.lookupAsync(name, type).toCompletableFuture().join().getRecords();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NoSuchDomainException || e.getCause() instanceof NoSuchRRSetException) {
                return List.of();
            }
            throw new UnknownHostException(name + ": " + e.getCause());
        }
    }

    private static InetAddress address(Record found) {
        return found instanceof AAAARecord six ? six.getAddress() : ((ARecord) found).getAddress();
    }
}
