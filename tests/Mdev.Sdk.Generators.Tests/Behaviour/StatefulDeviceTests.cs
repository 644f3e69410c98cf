using System.Buffers;
using System.Buffers.Binary;
using Mdev.Sdk.Device;
using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>Whole devices, whatever their declaration has: saved, loaded into another one, and equal in every observable.</summary>
public sealed class StatefulDeviceTests : IDisposable
{
    private readonly StatefulCard _one = new();
    private readonly StatefulCard _other = new();

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_loaded_device_is_equal_in_every_observable()
    {
        Use(_one);
        _other.Note = "other";
        _other.Mapped.At<byte>(9) = 9;
        byte[] state = Save(_one);
        Load(_other, state);

        Assert.Equal(state, Save(_other));
        Assert.Equal(Seen(_one), Seen(_other));
        Assert.Equal((PciPowerState.D3Hot, 0), (_other.PowerState, _other.PowerChanges));
        Assert.Equal(("used", 1), (_other.Note, _other.Registers.Commands));
        Assert.True(_other.First.IsHigh);

        // From here on both do the same, whatever is done to them.
        Assert.Equal(GoOn(_one), GoOn(_other));
        Assert.Equal(Seen(_one), Seen(_other));
        Assert.Equal(Save(_one), Save(_other));
    }

    [Fact]
    public void A_half_written_register_is_completed_and_a_half_read_one_keeps_its_latch()
    {
        Write(_one, 0, 0x70, 0x1111_1111);
        Write(_one, 0, 0x80, 0x2222_2222);
        _one.Registers.Events = 0x0000_0007_0000_0005;
        Assert.Equal(5u, Read(_one, 0, 0x78));
        Load(_other, Save(_one));

        Assert.Equal((7u, 0ul), (Read(_other, 0, 0x7c), _other.Registers.Events));
        Write(_other, 0, 0x74, 0x3333_3333);
        Assert.Equal((0x3333_3333_1111_1111ul, 1), (_other.Registers.Command, _other.Registers.Commands));
        Write(_other, 0, 0x84, 4);
        Assert.Equal(5, _other.Registers.Commands);
    }

    [Fact]
    public void What_was_written_once_through_another_address_of_an_array_stays_locked()
    {
        Write(_one, 0, 0x5c, 0xaa);
        Write(_one, 0, 0x00, 2);
        Assert.Equal(Errno.None, _one.Write(0, 0x60, [0x55]));
        Load(_other, Save(_one));

        Write(_other, 0, 0x5c, 0xbb);
        Assert.Equal(Errno.None, _other.Write(0, 0x60, [0x66]));
        Assert.Equal((0xaau, 0x55), (_other.Registers.Fuses[1], _other.Registers.Keys[2]));
        Write(_other, 0, 0x58, 0xbb);
        Assert.Equal(0xbbu, _other.Registers.Fuses[0]);
    }

    [Fact]
    public void A_state_that_is_cut_anywhere_is_refused_and_the_device_is_as_it_was()
    {
        Use(_one);
        _other.Note = "other";
        byte[] state = Save(_one), before = Save(_other);
        for (int length = 0; length < state.Length - sizeof(ulong); length++)
        {
            Assert.False(_other.TryLoadState(Sealed(state[..(length + sizeof(ulong))]), out string? problem));
            Assert.EndsWith(".", problem, StringComparison.Ordinal);
            Assert.Equal(before, Save(_other));
        }
    }

    [Fact]
    public void A_state_that_is_changed_is_refused_or_another_state_and_never_half_of_one()
    {
        Use(_one);
        byte[] state = Save(_one), before = Save(_other);
        var random = new Random(20260611);
        int loaded = 0, refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = [.. state];
            for (int n = random.Next(3); n >= 0; n--)
                changed[random.Next(changed.Length - sizeof(ulong))] = (byte)(random.Next(2) == 0 ? random.Next(256) : random.Next(4));
            if (_other.TryLoadState(Sealed(changed), out string? problem))
            {
                loaded++;
                Assert.Equal(Errno.None, _other.Read(0, 0, new byte[0x100]));
                _ = GoOn(_other);
                Load(_other, before);
                continue;
            }

            refused++;
            Assert.EndsWith(".", problem, StringComparison.Ordinal);
            Assert.Equal(before, Save(_other));
        }

        Assert.True(loaded > 0 && refused > 0);
        Load(_other, state);
        Assert.Equal(Seen(_one), Seen(_other));
        Assert.Equal(0, _other.Counters.HandlerFaults);
    }

    [Fact]
    public void A_device_that_is_not_PCI_has_its_own_members_and_lines_back()
    {
        using StatefulPlatform one = new(), other = new();
        (one.Count, one.Buffer[3]) = (-5, 6);
        one.Level.Assert();
        Write(one, 0, 0x20, 7);
        byte[] state = Save(one);
        Load(other, state);
        Assert.Equal((-5L, (byte)6, 7u, 1), (other.Count, other.Buffer[3], other.Registers.Pins[0], other.Loaded));
        Assert.Equal((true, false), (other.Level.IsHigh, other.Edge.IsHigh));
        Assert.Equal(state, Save(other));

        Assert.False(_one.TryLoadState(state, out string? problem));
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.False(other.TryLoadState(Save(_one), out problem));
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    // A bit of everything, left in the middle.
    private static void Use(StatefulCard card)
    {
        Write(card, 0, 0x00, 3);
        Write(card, 0, 0x04, 0x1234);
        Write(card, 0, 0x34, 0xff00);
        Write(card, 0, 0x44, 0x10);
        Write(card, 0, 0x58, 0x77);
        Write(card, 0, 0x70, 0x0102_0304);
        Write(card, 0, 0x74, 0x0506_0708);
        Write(card, 0, 0x70, 0x1111_1111);
        Write(card, 0, 0x80, 0x2222_2222);
        card.Registers.Events = 0x0000_0007_0000_0005;
        Assert.Equal(5u, Read(card, 0, 0x78));
        Write(card, 0, 0x88, 1);
        Write(card, 0, 0x8c, 0x99);

        Write(card, 1, 0x0c, 1);
        Write(card, 1, 0x20, 0xfee0_0000);
        Write(card, 1, 0x2c, 0);
        card.First.Assert();
        card.Mapped.At<uint>(0x8_0004) = 0x5555_5555;
        card.Trapped.At<byte>(0xff) = 0x66;
        card.Identity.At<byte>(1) = 0x77;
        card.Poke(2, 1 << 20, [1]);
        Assert.True(card.Doorbells.TryTake(out _, out _));
        card.Poke(2, (1 << 20) + 16, [2]);

        int vendor = Capability(card, 0x09);
        Write(card, 7, (ulong)vendor + 4, 0x3333_3333);
        Write(card, 7, 0x104, 0x4444_4444);
        Write(card, 7, 0x10, 0xfebf_0000);
        Write(card, 7, (ulong)Capability(card, 0x11), 0xc000_0000);
        Write(card, 7, (ulong)Capability(card, 0x01) + 4, 3);
        card.Note = "used";
    }

    // What later accesses come to.
    private static List<ulong> GoOn(StatefulCard card)
    {
        var seen = new List<ulong>();
        Write(card, 0, 0x74, 0x0a0b_0c0d);
        Write(card, 0, 0x84, 2);
        Write(card, 0, 0x58, 0x88);
        seen.AddRange([Read(card, 0, 0x7c), Read(card, 0, 0x50), card.Registers.Command, (ulong)card.Registers.Commands, Read(card, 0, 0x8c)]);
        while (card.Doorbells.TryTake(out int index, out ulong value))
            seen.AddRange([(ulong)index, value]);
        card.First.Deassert();
        card.Last.Pulse();
        Write(card, 7, (ulong)Capability(card, 0x01) + 4, 0);
        seen.AddRange([Read(card, 1, 0x800), (ulong)card.PowerState]);
        return seen;
    }

    private static int Capability(StatefulCard card, byte id)
    {
        byte[] config = new byte[256];
        Assert.True(card.Peek(7, 0, config));
        int at = config[0x34];
        for (int i = 0; i < 48 && at != 0 && config[at] != id; i++)
            at = config[at + 1] & 0xfc;
        return at;
    }

    private static List<byte[]> Seen(StatefulCard card)
    {
        var seen = new List<byte[]>();
        foreach (uint region in (ReadOnlySpan<uint>)[0, 1, 2, 4, 7, 9])
        {
            byte[] bytes = new byte[card.RegionSize(region)];
            Assert.True(card.Peek(region, 0, bytes));
            seen.Add(bytes);
        }

        return seen;
    }

    private static void Write(VfioDevice device, uint region, ulong offset, uint value) =>
        Assert.Equal(Errno.None, device.Write(region, offset, BitConverter.GetBytes(value)));

    private static uint Read(VfioDevice device, uint region, ulong offset)
    {
        byte[] bytes = new byte[4];
        Assert.Equal(Errno.None, device.Read(region, offset, bytes));
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private static byte[] Save(VfioDevice device)
    {
        var buffer = new ArrayBufferWriter<byte>();
        device.SaveState(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Load(VfioDevice device, byte[] state) => Assert.True(device.TryLoadState(state, out string? problem), problem);

    private static byte[] Sealed(byte[] form)
    {
        ulong hash = 0xcbf2_9ce4_8422_2325;
        foreach (byte value in form.AsSpan(0, form.Length - sizeof(ulong)))
            hash = unchecked((hash ^ value) * 0x100_0000_01b3);
        BinaryPrimitives.WriteUInt64LittleEndian(form.AsSpan(form.Length - sizeof(ulong)), hash);
        return form;
    }
}
