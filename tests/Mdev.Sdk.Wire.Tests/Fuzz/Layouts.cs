namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>Where a message has its fields, so that a mutation hits one and not the middle of two. Source: vfio-user, each command.</summary>
internal static class Layouts
{
    private const int Payload = 16;

    private static readonly (int Offset, int Size)[] s_four = [(0, 4), (4, 4), (8, 4), (12, 4)];
    private static readonly (int Offset, int Size)[] s_access = [(0, 8), (8, 4), (12, 4)];
    private static readonly (int Offset, int Size)[] s_unmap = [(0, 4), (4, 4), (8, 8), (16, 8), (24, 8), (32, 8)];
    private static readonly (int Offset, int Size)[] s_feature = [(0, 4), (4, 4), (8, 8), (16, 8), (24, 8), (32, 8)];

    /// <summary>A field of a command; a word anywhere where the layout says nothing.</summary>
    /// <param name="random">Chooses.</param>
    /// <param name="message">The message.</param>
    /// <returns>Its offset in the message, and 1, 2, 4 or 8 bytes that lie inside.</returns>
    public static (int Offset, int Size) Field(Random random, byte[] message)
    {
        (int Offset, int Size)[] fields = BitConverter.ToUInt16(message, 2) switch
        {
            1 => [(0, 2), (2, 2)],
            2 => [(0, 4), (4, 4), (8, 8), (16, 8), (24, 8)],
            3 => s_unmap,
            4 or 6 or 7 => s_four,
            5 => [(0, 4), (4, 4), (8, 4), (12, 4), (16, 8), (24, 8)],
            8 => [(0, 4), (4, 4), (8, 4), (12, 4), (16, 4), (20, 4)],
            9 or 10 => s_access,
            11 or 12 => [(0, 8), (8, 8)],
            15 => [(0, 8), (8, 8), (16, 4), (20, 4), (24, 8)],
            16 => s_feature,
            17 or 18 => [(0, 4), (4, 4), (8, 8)],
            _ => [],
        };
        if (fields.Length > 0 && random.Next(8) != 0)
        {
            (int offset, int size) = fields[random.Next(fields.Length)];
            if (Payload + offset + size <= message.Length)
                return (Payload + offset, size);
        }
        return message.Length > Payload ? (random.Next(Payload, message.Length), 1) : (0, 2);
    }
}
