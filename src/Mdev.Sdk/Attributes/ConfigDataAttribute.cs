using System.Text;

namespace Mdev.Sdk;

/// <summary>Puts constant bytes into the vendor's part of config space, read-only to the guest.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ConfigDataAttribute : Attribute
{
    /// <summary>Puts <paramref name="bytes"/> at <paramref name="offset"/>.</summary>
    /// <param name="offset">First byte, 0x40 to 0xff: below lies the header that PCI defines.</param>
    /// <param name="bytes">The bytes; they end at 0x100 at the latest.</param>
    public ConfigDataAttribute(int offset, params byte[] bytes) => (Offset, Bytes) = (offset, bytes);

    /// <summary>Puts <paramref name="text"/> at <paramref name="offset"/>, in ASCII, without an end mark.</summary>
    /// <param name="offset">First byte, 0x40 to 0xff.</param>
    /// <param name="text">The text; ASCII only.</param>
    public ConfigDataAttribute(int offset, string text) => (Offset, Bytes) = (offset, Encoding.ASCII.GetBytes(text));

    /// <summary>Offset of the first byte.</summary>
    public int Offset { get; }

    /// <summary>The bytes, in address order.</summary>
    public IReadOnlyList<byte> Bytes { get; }
}
