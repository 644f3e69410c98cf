using System.Buffers.Binary;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>
/// A device's own state, taken out and put in again with some of it changed: what is loaded comes from a client as all else does.
/// A server without migration refuses it. Source: linux/vfio.h, enum vfio_device_mig_state.
/// </summary>
internal static class MigratedState
{
    private const int MostBytes = 1 << 16;

    /// <summary>Migrates the device to itself.</summary>
    /// <returns>How many messages were sent.</returns>
    public static int Run(FuzzConnection connection, Random random)
    {
        int sent = 0;
        bool Say(byte[] message)
        {
            sent++;
            connection.Send(message, "");
            connection.Settle();
            return !connection.IsClosed && connection.LastReply.Length >= 16 && (connection.LastReply[8] & 0x20) == 0;
        }

        connection.Settle();
        if (connection.IsClosed || !Say(Examples.State(Examples.Stop)) || !Say(Examples.State(Examples.StopCopy)))
            return sent;
        var state = new List<byte>();
        while (Say(Examples.DataOut(MostBytes)) && connection.LastReply is { Length: > 24 } reply && state.Count < 8 << 20)
            state.AddRange(reply.AsSpan(24));

        byte[] bytes = Changed([.. state], random);
        if (!Say(Examples.State(Examples.Stop)) || !Say(Examples.State(Examples.Resuming)))
            return sent;
        for (int at = 0; at < bytes.Length;)
        {
            int count = Math.Min(bytes.Length - at, random.Next(4) == 0 ? random.Next(1, 200) : MostBytes);
            if (!Say(Examples.DataIn(bytes[at..(at + count)])))
                break;
            at += count;
        }

        // What was loaded may be refused, and the device be in error; a reset is the way out.
        Say(Examples.State(Examples.Stop));
        Say(Examples.State(Examples.Running));
        if (random.Next(2) == 0)
            Say(Support.Raw.ResetMessage());
        return sent;
    }

    private static byte[] Changed(byte[] bytes, Random random)
    {
        for (int i = random.Next(4); i > 0 && bytes.Length > 8; i--)
        {
            int at = random.Next(3) == 0 ? random.Next(Math.Min(bytes.Length, 64)) : random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. new byte[random.Next(1, 16)], .. bytes[at..]];
                    break;
                case 4 when at + 4 <= bytes.Length:
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), random.Next(2) == 0 ? uint.MaxValue : (uint)random.Next());
                    break;
            }
        }
        return bytes;
    }
}
