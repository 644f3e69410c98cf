using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Constants as C# writes them.</summary>
internal static class Literal
{
    /// <summary>0x0f, with as many digits as the bytes have.</summary>
    public static string Hex(ulong value, int bytes) =>
        "0x" + value.ToString("x" + (bytes * 2).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A constant of the type that arithmetic on so many bytes is done in.</summary>
    public static string Working(ulong value, int bytes) => Hex(value, bytes) + (bytes == 8 ? "ul" : "u");

    public static string WorkingType(int bytes) => bytes == 8 ? "ulong" : "uint";

    /// <summary>The offset of a lane or register.</summary>
    public static string Offset(uint value) => "0x" + value.ToString("x2", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What an author has named, in a comment of one line.</summary>
    public static string Comment(string value) =>
        new([.. value.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
