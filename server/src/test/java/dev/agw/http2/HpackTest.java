package dev.agw.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The vectors of RFC 7541 appendix C, and what must be refused.
class HpackTest {
    private static final String FIRST = ":method: GET|:scheme: http|:path: /|:authority: www.example.com|";
    private static final String SECOND = FIRST + "cache-control: no-cache|";
    private static final String THIRD =
            ":method: GET|:scheme: https|:path: /index.html|:authority: www.example.com|custom-key: custom-value|";

    @Test
    void decodesLiteralsOfAllKinds() throws Exception {
        assertThat(decode(new HpackDecoder(4096), "400a637573746f6d2d6b65790d637573746f6d2d686561646572"))
                .isEqualTo("custom-key: custom-header|");
        assertThat(decode(new HpackDecoder(4096), "040c2f73616d706c652f70617468"))
                .isEqualTo(":path: /sample/path|");
        assertThat(decode(new HpackDecoder(4096), "100870617373776f726406736563726574"))
                .isEqualTo("password: secret|");
        assertThat(decode(new HpackDecoder(4096), "82")).isEqualTo(":method: GET|");
    }

    @Test
    void decodesRequestsThatReferToEarlierOnes() throws Exception {
        HpackDecoder decoder = new HpackDecoder(4096);
        assertThat(decode(decoder, "828684410f7777772e6578616d706c652e636f6d")).isEqualTo(FIRST);
        assertThat(decode(decoder, "828684be58086e6f2d6361636865")).isEqualTo(SECOND);
        assertThat(decode(decoder, "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565"))
                .isEqualTo(THIRD);
    }

    @Test
    void decodesRequestsInHuffmanCode() throws Exception {
        HpackDecoder decoder = new HpackDecoder(4096);
        assertThat(decode(decoder, "828684418cf1e3c2e5f23a6ba0ab90f4ff")).isEqualTo(FIRST);
        assertThat(decode(decoder, "828684be5886a8eb10649cbf")).isEqualTo(SECOND);
        assertThat(decode(decoder, "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"))
                .isEqualTo(THIRD);
    }

    @Test
    void forgetsTheOldestFieldsOfAFullTable() throws Exception {
        HpackDecoder decoder = new HpackDecoder(256);
        String date = "date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com|";
        assertThat(decode(
                        decoder,
                        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
                                + "6e919d29ad171863c78f0b97c8e9ae82ae43d3"))
                .isEqualTo(":status: 302|cache-control: private|" + date);
        assertThat(decode(decoder, "4883640effc1c0bf")).isEqualTo(":status: 307|cache-control: private|" + date);
        assertThat(decode(
                        decoder,
                        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdf"
                                + "cd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"))
                .isEqualTo(":status: 200|cache-control: private|date: Mon, 21 Oct 2013 20:13:22 GMT|"
                        + "location: https://www.example.com|content-encoding: gzip|"
                        + "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1|");
    }

    @Test
    void decodesWhatItEncodes() throws Exception {
        HpackEncoder encoder = new HpackEncoder();
        HpackDecoder decoder = new HpackDecoder(4096);
        for (int round = 0; round < 300; round++) {
            encoder.begin();
            encoder.field(":status", "200");
            encoder.field("x-round", "number " + round);
            encoder.field("server", "agw");
            encoder.field("set-cookie", "\u00e4\u00ff=" + "x".repeat(round));
            assertThat(decode(decoder, HexFormat.of().formatHex(encoder.block())))
                    .isEqualTo(":status: 200|x-round: number " + round + "|server: agw|set-cookie: \u00e4\u00ff="
                            + "x".repeat(round) + "|");
        }
    }

    @Test
    void everyByteSurvivesHuffmanCode() throws Exception {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            all.append(c);
        }
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        Huffman.encode(all.toString(), coded);
        byte[] bytes = Huffman.decode(coded.toByteArray(), 0, coded.size());
        assertThat(coded.size()).isEqualTo(Huffman.length(all.toString()));
        assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .isEqualTo(all.toString());
    }

    @Test
    void refusesWhatCannotBeDecoded() {
        refused("c6"); // an index beyond the tables
        refused("80"); // index 0
        refused("3fe21f"); // a table above what was announced
        refused("8220"); // a new size behind the first field
        refused("7f"); // ends within a number
        refused("0003"); // ends within a string
        refused("7fffffffffffffff"); // a number without end
        refused("008561ffffffff00"); // the end-of-string symbol
        refused("00821fff"); // padding of a whole byte
        refused("008110"); // padding of zeros
    }

    private static void refused(String hex) {
        assertThatThrownBy(() -> decode(new HpackDecoder(4096), hex)).isInstanceOf(ConnectionErrorException.class);
    }

    private static String decode(HpackDecoder decoder, String hex) throws ConnectionErrorException {
        StringBuilder fields = new StringBuilder();
        byte[] block = HexFormat.of().parseHex(hex);
        decoder.decode(
                block,
                0,
                block.length,
                field -> fields.append(field.name())
                        .append(": ")
                        .append(field.value())
                        .append('|'));
        return fields.toString();
    }
}
