using System.ComponentModel;
using System.Globalization;
using System.Numerics;

namespace Mdev.Sdk;

/// <summary>
/// Values of attributes as text. For generated code, which calls it before the vendor's setter or after his getter; what it refuses
/// <see cref="MdevAttributeSet"/> names with the attribute. Source of what is taken: the kstrto* functions of Linux, lib/kstrtox.c, as their documentation describes them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MdevAttributeText
{
    /// <summary>The text itself; nothing for <see langword="null"/>.</summary>
    public static string Of(string? value) => value ?? "";

    /// <summary>0 or 1.</summary>
    public static string Of(bool value) => value ? "1" : "0";

    /// <summary>36 characters in the form 8-4-4-4-12, in lower case.</summary>
    public static string Of(Guid value) => value.ToString();

    /// <summary>A line each, without a new line at the end.</summary>
    public static string Of(IEnumerable<string?>? lines) => lines is null ? "" : string.Join('\n', lines);

    /// <summary>In decimal.</summary>
    public static string OfInteger<T>(T value) where T : struct, IBinaryInteger<T> => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>By name; of flags the names, parted by commas; in decimal what has no name.</summary>
    public static string OfEnum<T>(T value) where T : struct, Enum => value.ToString();

    /// <summary>Reads what begins as a word for one of the two does.</summary>
    /// <exception cref="MdevException">EINVAL: anything else.</exception>
    public static bool ToBool(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (At(text, 0), At(text, 1)) switch
        {
            ('1' or 'y' or 't' or 'e', _) or ('o', 'n') => true,
            ('0' or 'n' or 'f' or 'd', _) or ('o', 'f') => false,
            _ => throw new MdevException(Errno.EINVAL, "It is neither yes nor no; write 1 or 0."),
        };
    }

    /// <summary>Reads a number of base 10, of base 16 after 0x, or of base 8 after 0; a sign may stand before, a minus only where T has one.</summary>
    /// <exception cref="MdevException">EINVAL: no such number. ERANGE: one that T cannot be.</exception>
    public static T ToInteger<T>(string text) where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> digits = text;
        bool negative = digits is ['-', ..] && T.IsNegative(T.MinValue);
        if (negative || digits is ['+', ..])
            digits = digits[1..];
        uint radix = digits is ['0', 'x' or 'X', ..] ? 16u : digits is ['0', _, ..] ? 8u : 10u;
        if (radix == 16)
            digits = digits[2..];

        UInt128 magnitude = 0;
        bool fits = true;
        foreach (char c in digits)
        {
            uint digit = char.IsAsciiDigit(c) ? c - (uint)'0' : char.IsAsciiLetter(c) ? (c | 0x20u) - 'a' + 10 : radix;
            if (digit >= radix)
                throw NoNumber();
            magnitude = (magnitude * radix) + digit;
            fits &= magnitude <= ulong.MaxValue;
            if (!fits)
                magnitude = 0;
        }

        if (digits.IsEmpty)
            throw NoNumber();
        Int128 value = negative ? -(Int128)magnitude : (Int128)magnitude;
        if (!fits || value < Int128.CreateChecked(T.MinValue) || value > Int128.CreateChecked(T.MaxValue))
            throw new MdevException(Errno.ERANGE, $"It is out of range; it can be {OfInteger(T.MinValue)} to {OfInteger(T.MaxValue)}.");
        return T.CreateTruncating(value);
    }

    /// <summary>Reads a name of the enum, of either case, and of flags several, parted by commas; or the number of what has a name.</summary>
    /// <exception cref="MdevException">EINVAL: anything else.</exception>
    public static T ToEnum<T>(string text) where T : struct, Enum
    {
        // Of a value that the vendor has not named, his code knows nothing: it shows as a number.
        if (Enum.TryParse(text, ignoreCase: true, out T value) && value.ToString() is [not ('-' or (>= '0' and <= '9')), ..])
            return value;
        throw new MdevException(Errno.EINVAL, $"It is none of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    /// <summary>Reads a UUID of 36 characters in the form 8-4-4-4-12, of either case.</summary>
    /// <exception cref="MdevException">EINVAL: anything else.</exception>
    public static Guid ToGuid(string text) => UuidText.TryParseExact(text, out Guid uuid)
        ? uuid
        : throw new MdevException(Errno.EINVAL, "It is no UUID of the form 8-4-4-4-12.");

    /// <summary>The lines of a listing; none of an empty text.</summary>
    public static string[] ToLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? [] : text.Split('\n');
    }

    private static char At(string text, int index) => index < text.Length ? char.ToLowerInvariant(text[index]) : '\0';

    private static MdevException NoNumber() =>
        new(Errno.EINVAL, "It is no such number; write it in decimal, as 0x and hexadecimal digits, or as 0 and octal ones.");
}
