package dev.agw.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.schema.InvalidValueException;
import dev.agw.testing.Identity;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
    private static PrivateKey key(String algorithm, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair().getPrivate();
    }

    @Test
    void readsPkcs8() throws Exception {
        PrivateKey rsa = key("RSA", 2048);
        PrivateKey ec = key("EC", 256);

        assertThat(Pem.privateKey(Identity.pem("PRIVATE KEY", rsa.getEncoded())))
                .isEqualTo(rsa);
        assertThat(Pem.privateKey("some words\n" + Identity.pem("PRIVATE KEY", ec.getEncoded())))
                .isInstanceOf(ECPrivateKey.class);
    }

    @Test
    void readsPkcs1() throws Exception {
        RSAPrivateKey key = (RSAPrivateKey) key("RSA", 2048);
        byte[] pkcs8 = key.getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length); // behind version, algorithm and the octets' head

        assertThat(Pem.privateKey(Identity.pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(key);
    }

    @Test
    void readsSec1() throws Exception {
        ECPrivateKey key = (ECPrivateKey) key("EC", 256);
        byte[] sec1 = new byte[51];
        byte[] secret = key.getS().toByteArray();
        System.arraycopy(new byte[] {0x30, 49, 2, 1, 1, 4, 32}, 0, sec1, 0, 7);
        int taken = Math.min(32, secret.length);
        System.arraycopy(secret, secret.length - taken, sec1, 39 - taken, taken);
        byte[] curve = {(byte) 0xA0, 10, 6, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 3, 1, 7};
        System.arraycopy(curve, 0, sec1, 39, 12);

        ECPrivateKey read = (ECPrivateKey)
                Pem.privateKey(Identity.pem("EC PARAMETERS", new byte[] {5, 0}) + Identity.pem("EC PRIVATE KEY", sec1));
        assertThat(read.getS()).isEqualTo(key.getS());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nMAMCAQE=\n-----END EC PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
            })
    void refusesWhatIsNoKeyAndDoesNotRepeatIt(String text) {
        assertThatThrownBy(() -> Pem.privateKey(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("private key")
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void refusesWhatIsNoCertificate() {
        assertThatThrownBy(() -> Pem.certificates("")).hasMessageContaining("found none");
        assertThatThrownBy(() -> Pem.certificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
                .isInstanceOf(InvalidValueException.class);
    }
}
