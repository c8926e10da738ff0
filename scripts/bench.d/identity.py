"""Certificates for listeners, by the JDK's keytool."""
import os
import subprocess

import targets


def identity(directory, name, days=90):
    """Certificate and key, self-signed and valid for so many days, as PEM."""
    home = subprocess.run([targets.ROOT + "/scripts/find-jdk"], capture_output=True, text=True, check=True).stdout.strip()
    store = os.path.join(directory, name + ".p12")
    subprocess.run([home + "/bin/keytool", "-genkeypair", "-alias", "it", "-dname", "CN=" + name, "-keyalg", "EC",
                    "-validity", str(days), "-storetype", "PKCS12", "-storepass", "changeit", "-keystore", store],
                   check=True, capture_output=True)
    printed = subprocess.run([home + "/bin/java", targets.ROOT + "/scripts/bench.d/Identity.java", store, "changeit"],
                             check=True, capture_output=True, text=True).stdout
    certificate, end, key = printed.partition("-----END CERTIFICATE-----\n")
    return certificate + end, key
