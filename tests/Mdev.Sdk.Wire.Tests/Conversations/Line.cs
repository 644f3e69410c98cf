using System.Globalization;

namespace Mdev.Sdk.Wire.Tests.Conversations;

/// <summary>One message of a recorded conversation.</summary>
/// <param name="FromClient">Whether the client sent it.</param>
/// <param name="Descriptors">A letter for each that came with it: <c>m</c> memory, <c>e</c> an eventfd, <c>o</c> anything else.</param>
/// <param name="Bytes">Header and payload.</param>
internal sealed record Line(bool FromClient, string Descriptors, byte[] Bytes)
{
    public ushort Command => BitConverter.ToUInt16(Bytes, 2);

    public uint Flags => BitConverter.ToUInt32(Bytes, 8);

    /// <summary>Reads <c>&gt; DESCRIPTORS HEX</c> (from the client) or <c>&lt; DESCRIPTORS HEX</c>; no descriptors are <c>-</c>.</summary>
    public static Line Parse(string text)
    {
        string[] words = text.Split(' ');
        if (words is not [">" or "<", var descriptors, var hex])
            throw new FormatException($"No line of a conversation: {text}");
        return new Line(words[0] == ">", descriptors == "-" ? "" : descriptors, Convert.FromHexString(hex));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(FromClient ? '>' : '<')} {(Descriptors.Length == 0 ? "-" : Descriptors)} {Convert.ToHexStringLower(Bytes)}");
}
