using System.Buffers;
using System.Buffers.Binary;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Tests.State;

/// <summary>A device's state, to be loaded, cut and changed.</summary>
internal static class SavedForm
{
    public static byte[] Save(VfioDevice device)
    {
        var buffer = new ArrayBufferWriter<byte>();
        device.SaveState(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Load(VfioDevice device, byte[] state) => Assert.True(device.TryLoadState(state, out string? problem), problem);

    /// <summary>Asserts that the bytes are refused and that nothing has changed.</summary>
    /// <returns>Why, as a sentence.</returns>
    public static string Refused(VfioDevice device, byte[] state)
    {
        byte[] before = Save(device);
        Assert.False(device.TryLoadState(state, out string? problem));
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.Equal(before, Save(device));
        return problem;
    }

    /// <summary>The first place where two states of equal length differ.</summary>
    public static int Difference(byte[] one, byte[] other) => one.AsSpan().CommonPrefixLength(other);

    /// <summary>The same with another byte, and a checksum that is right: by someone who means it.</summary>
    public static byte[] With(byte[] state, int at, byte value)
    {
        byte[] changed = [.. state];
        changed[at] = value;
        return Sealed(changed);
    }

    /// <summary>Cut off, and the checksum is right.</summary>
    public static byte[] Cut(byte[] state, int length) => Sealed(state[..(length + sizeof(ulong))]);

    private static byte[] Sealed(byte[] form)
    {
        ulong hash = 0xcbf2_9ce4_8422_2325;
        foreach (byte value in form.AsSpan(0, form.Length - sizeof(ulong)))
            hash = unchecked((hash ^ value) * 0x100_0000_01b3);
        BinaryPrimitives.WriteUInt64LittleEndian(form.AsSpan(form.Length - sizeof(ulong)), hash);
        return form;
    }
}
