using System.Numerics;
using System.Reflection;

namespace Mdev.Sdk.Pci;

/// <summary>
/// What an expansion ROM holds. Source: PCI Local Bus 3.0, section 6.3: firmware and the guest's kernel look for images that begin
/// with 0x55 0xaa; the SDK gives out the bytes as they are.
/// </summary>
public sealed class RomImage
{
    /// <summary>Bytes that an image may have: 16 MiB.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    // PCI Local Bus 3.0, section 6.2.5.2: bits 10:0 of the register hold no address.
    private const int LeastDecoded = 2048;

    private readonly byte[] _bytes;

    private RomImage(byte[] bytes) => _bytes = bytes;

    /// <summary>Bytes that the ROM decodes: a power of two, at least 2048. What lies behind the image reads as zero.</summary>
    public int Size => _bytes.Length;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Takes the bytes as they are now.</summary>
    /// <exception cref="ArgumentException">There are none, or more than <see cref="MaxLength"/>.</exception>
    public static RomImage FromBytes(ReadOnlySpan<byte> bytes) => Create(bytes, "The image");

    /// <summary>Reads a file.</summary>
    /// <exception cref="ArgumentException">It is empty, or has more than <see cref="MaxLength"/> bytes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RomImage FromFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file, $"The ROM image '{path}'");
    }

    /// <summary>Reads a resource that is embedded in an assembly.</summary>
    /// <param name="assembly">The device's.</param>
    /// <param name="name">As the project names it, by default the root namespace and the path with dots.</param>
    /// <exception cref="ArgumentException">There is no such resource, it is empty, or has more than <see cref="MaxLength"/> bytes.</exception>
    public static RomImage FromResource(Assembly assembly, string name)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using Stream resource = assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"{assembly.GetName().Name} has no resource '{name}'; it has: {string.Join(", ", assembly.GetManifestResourceNames())}.", nameof(name));
        return Read(resource, $"The ROM image '{name}'");
    }

    private static RomImage Read(Stream stream, string what)
    {
        CheckLength(stream.Length, what);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Create(bytes, what);
    }

    private static RomImage Create(ReadOnlySpan<byte> bytes, string what)
    {
        CheckLength(bytes.Length, what);
        byte[] padded = new byte[Math.Max(LeastDecoded, (int)BitOperations.RoundUpToPowerOf2((uint)bytes.Length))];
        bytes.CopyTo(padded);
        return new RomImage(padded);
    }

    private static void CheckLength(long length, string what)
    {
        if (length is 0 or > MaxLength)
            throw new ArgumentException($"{what} has {length} bytes; an expansion ROM has 1 to {MaxLength}.");
    }
}
