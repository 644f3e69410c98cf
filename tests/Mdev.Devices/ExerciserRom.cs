using System.Buffers.Binary;

namespace Mdev.Devices;

/// <summary>An image that holds a text and no code. Source: PCI Local Bus 3.0, sections 6.3.1.1 and 6.3.1.2.</summary>
internal static class ExerciserRom
{
    private const int Length = 4096, DataStructure = 0x20, Text = 0x40;

    public static RomImage Make(ushort vendor, ushort device)
    {
        byte[] image = new byte[Length];
        (image[0], image[1]) = (0x55, 0xaa);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(0x18), DataStructure);

        Span<byte> data = image.AsSpan(DataStructure);
        "PCIR"u8.CopyTo(data);
        BinaryPrimitives.WriteUInt16LittleEndian(data[4..], vendor);
        BinaryPrimitives.WriteUInt16LittleEndian(data[6..], device);
        BinaryPrimitives.WriteUInt16LittleEndian(data[0x0a..], 0x18);

        // In units of 512 bytes; code that nobody runs (0xff), and the last image.
        BinaryPrimitives.WriteUInt16LittleEndian(data[0x10..], Length / 512);
        (data[0x14], data[0x15]) = (0xff, 0x80);
        "mdev exerciser"u8.CopyTo(image.AsSpan(Text));
        return RomImage.FromBytes(image);
    }
}
