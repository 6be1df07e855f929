import java.nio.ByteBuffer;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app in a few lines (RFC 6238, RFC 4648): prints the code of a time step, for the secret in an otpauth URI. */
final class Totp {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static void main(String[] arguments) throws Exception {
        String secret = arguments[0].replaceFirst(".*[?&]secret=([A-Z2-7]+).*", "$1");
        long step = Long.parseLong(arguments[1]);
        ByteBuffer key = ByteBuffer.allocate(secret.length() * 5 / 8);
        long bits = 0;
        int count = 0;
        for (char digit : secret.toCharArray()) {
            bits = bits << 5 | BASE32.indexOf(digit);
            count += 5;
            if (count >= 8) {
                count -= 8;
                key.put((byte) (bits >> count));
            }
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key.array(), "HmacSHA1"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
        int number = ByteBuffer.wrap(hash, hash[hash.length - 1] & 15, 4).getInt() & Integer.MAX_VALUE;
        System.out.println(String.format(Locale.ROOT, "%06d", number % 1_000_000));
    }
}
