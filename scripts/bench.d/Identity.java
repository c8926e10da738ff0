import java.io.FileInputStream;
import java.security.KeyStore;
import java.util.Base64;

/// Prints certificate and key of a PKCS #12 store that keytool has made: `Identity STORE PASSWORD`.
final class Identity {
    public static void main(String[] arguments) throws Exception {
        char[] password = arguments[1].toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = new FileInputStream(arguments[0])) {
            store.load(in, password);
        }
        String alias = store.aliases().nextElement();
        print("CERTIFICATE", store.getCertificate(alias).getEncoded());
        print("PRIVATE KEY", store.getKey(alias, password).getEncoded());
    }

    private static void print(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        System.out.println("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----");
    }
}
