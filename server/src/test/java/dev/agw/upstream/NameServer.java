package dev.agw.upstream;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/// A name server on loopback that knows addresses of version 4.
final class NameServer implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Map<String, Known> names = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean broken;

    private record Known(String address, long seconds) {}

    NameServer() throws IOException {
        Thread.ofPlatform().daemon().start(this::run);
    }

    void knows(String name, String address, long seconds) {
        names.put(name + ".", new Known(address, seconds));
    }

    /// From now on every question is answered with an error of the server.
    void breaks() {
        broken = true;
    }

    /// Questions for addresses of version 4.
    int questions() {
        return questions.get();
    }

    NameServerResolver resolver() {
        SimpleResolver here = new SimpleResolver((InetSocketAddress) socket.getLocalSocketAddress());
        return new NameServerResolver(LookupSession.builder().resolver(here).build());
    }

    private void run() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = answer(new Message(Arrays.copyOf(buffer, packet.getLength())))
                        .toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private Message answer(Message query) throws IOException {
        Record question = query.getQuestion();
        Known known = names.get(question.getName().toString());
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        if (question.getType() == Type.A) {
            questions.incrementAndGet();
        }
        if (broken) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (known == null) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        } else if (question.getType() == Type.A) {
            answer.addRecord(
                    new ARecord(question.getName(), DClass.IN, known.seconds(), InetAddress.getByName(known.address())),
                    Section.ANSWER);
        }
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
