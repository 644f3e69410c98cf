using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>
/// What opens a screen to other machines: VNC Authentication. Its cipher is weak and what follows is not enciphered at all; it keeps out
/// who passes by. Source: RFC 6143, sections 7.2.2 and 8.
/// </summary>
[SuppressMessage("Security", "CA5351", Justification = "DES is broken, and what the protocol demands.")]
internal sealed class VncPassword
{
    /// <summary>Bytes of a challenge, and of what answers it.</summary>
    public const int ChallengeSize = 16;

    // As many as count; 47 bits of them that are random.
    private const int Length = 8;
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private const int FreeMistakes = 10;
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(3);

    private readonly byte[] _key;
    private readonly Queue<long> _mistakes = [];

    /// <param name="text">8 characters of ASCII.</param>
    public VncPassword(string text) => (Text, _key) = (text, KeyOf(text));

    /// <summary>What people type.</summary>
    public string Text { get; }

    /// <summary>A random one.</summary>
    public static VncPassword Make()
    {
        string text;
        do
        {
            text = RandomNumberGenerator.GetString(Characters, Length);
        }
        while (DES.IsWeakKey(KeyOf(text)) || DES.IsSemiWeakKey(KeyOf(text)));
        return new VncPassword(text);
    }

    /// <summary>How long an answer waits before it is looked at: not at all, unless many wrong ones came.</summary>
    public TimeSpan Delay()
    {
        lock (_mistakes)
        {
            while (_mistakes.TryPeek(out long first) && Environment.TickCount64 - first > s_memory.TotalMilliseconds)
                _mistakes.Dequeue();
            return _mistakes.Count < FreeMistakes - 1 ? TimeSpan.Zero : s_delay;
        }
    }

    /// <summary>Whether a challenge was answered by who knows the password.</summary>
    /// <param name="challenge">The challenge: random, and used once.</param>
    /// <param name="answer">What came.</param>
    public bool Accepts(ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> answer)
    {
        using DES cipher = DES.Create();
        cipher.Key = _key;
        if (CryptographicOperations.FixedTimeEquals(cipher.EncryptEcb(challenge, PaddingMode.None), answer))
            return true;
        lock (_mistakes)
        {
            // Those that count are always the last ones.
            if (_mistakes.Count == FreeMistakes)
                _mistakes.Dequeue();
            _mistakes.Enqueue(Environment.TickCount64);
        }
        return false;
    }

    // Each character from its least significant bit, which is how all viewers do it. Source: RFC 6143, section 7.2.2, erratum 4951.
    private static byte[] KeyOf(string text)
    {
        byte[] key = Encoding.ASCII.GetBytes(text);
        foreach (ref byte character in key.AsSpan())
        {
            int reversed = 0;
            for (int bit = 0; bit < 8; bit++)
                reversed |= ((character >> bit) & 1) << (7 - bit);
            character = (byte)reversed;
        }
        return key;
    }
}
