using System.Globalization;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>Numbers as the kernel reads them from an attribute. Source: lib/kstrtox.c, kstrtoul with base 0.</summary>
internal static class KernelNumber
{
    /// <summary>0x for base 16, 0 for base 8, else 10; a plus may stand before it and one new line after it.</summary>
    public static bool TryParse(string text, out ulong value)
    {
        value = 0;
        ReadOnlySpan<char> digits = text;
        int end = digits.IndexOf('\0');
        if (end >= 0)
            digits = digits[..end];
        if (digits.EndsWith("\n"))
            digits = digits[..^1];
        if (digits.StartsWith("+"))
            digits = digits[1..];

        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        return digits.StartsWith("0")
            ? TryParseOctal(digits, out value)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseOctal(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7' || value >> 61 != 0)
                return false;
            value = (value << 3) | (uint)(digit - '0');
        }
        return true;
    }
}
