using System.Buffers;
using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class SavedStateTests : IDisposable
{
    private const int Config = 7, Status = 6, InterruptStatus = 0x08;

    private readonly SavedCard _one = new();
    private readonly SavedCard _other = new();

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Every_kind_of_member_comes_back()
    {
        (_one.Negative, _one.Number, _one.Small, _one.Letter, _one.Mode) = (-7, double.NaN, -0f, 'é', (Mode)1);
        (_one.Identity, _one.Text, _one.Note, _one.Texts, _one.Any) = (Guid.NewGuid(), "a\ud800b", null, ["x", null, ""], [long.MinValue, 5]);
        _one.Fixed[1] = -128;
        sbyte[] kept = _other.Fixed;

        Load(_other, Save(_one));

        Assert.Equal((-7, double.NaN, 'é', (Mode)1, _one.Identity), (_other.Negative, _other.Number, _other.Letter, _other.Mode, _other.Identity));
        Assert.True(float.IsNegative(_other.Small));
        Assert.Null(_other.Note);
        Assert.Equal("a\ud800b".ToCharArray(), _other.Text.ToCharArray());
        Assert.Equal<IEnumerable<string?>>(["x", null, ""], _other.Texts);
        Assert.Equal([long.MinValue, 5], _other.Any);
        Assert.Equal([0, -128, 0], kept);
        Assert.Equal(1, _other.Loaded);
    }

    [Fact]
    public void No_handler_runs_and_what_was_written_once_stays_locked()
    {
        Assert.Equal(Errno.None, _one.Write(0, 4, [1, 2, 3, 4]));
        Load(_other, Save(_one));
        Assert.Equal((0x0403_0201u, 1), (_other.Registers.Locked, _other.Registers.Written));
        _other.Write(0, 4, [9, 9, 9, 9]);
        Assert.Equal(0x0403_0201u, _other.Registers.Locked);
    }

    [Fact]
    public void A_derived_line_follows_and_a_held_one_stays_held()
    {
        byte[] low = Save(_one);
        _one.Registers.Status = 1;
        byte[] derived = Save(_one);
        _one.Registers.Status = 0;
        _one.Held.Assert();
        byte[] held = Save(_one);

        foreach ((byte[] state, bool high) in (ReadOnlySpan<(byte[], bool)>)[(derived, true), (low, false), (held, true), (held, true), (low, false)])
        {
            Load(_other, state);
            Assert.Equal(high, PinIsHigh(_other));
        }

        Load(_other, held);
        _other.Held.Deassert();
        Assert.False(PinIsHigh(_other));
    }

    [Fact]
    public void Config_space_comes_back_and_that_of_another_device_is_refused()
    {
        _one.Write(Config, 0x10, [0, 0, 0x12, 0xfe]);
        _one.Write(Config, 4, [0x06, 0x04]);
        Load(_other, Save(_one));
        byte[] bar = new byte[4];
        _other.Read(Config, 0x10, bar);
        Assert.Equal([0, 0, 0x12, 0xfe], bar);
    }

    [Fact]
    public void An_array_that_cannot_be_assigned_keeps_its_length_and_the_reason_says_so()
    {
        // The length of Fixed, the only thing before 00 00 80 or the like: found by changing one element.
        byte[] zero = Save(_one);
        _one.Fixed[0] = 1;
        byte[] one = Save(_one);
        int at = zero.AsSpan(0, zero.Length - 8).CommonPrefixLength(one);
        zero[at - 4] = 2;
        Assert.False(_other.TryLoadState(Sealed(zero), out string? problem));
        Assert.Contains("'Fixed'", problem, StringComparison.Ordinal);
        Assert.Equal(0, _other.Loaded);
    }

    private static byte[] Sealed(byte[] form)
    {
        ulong hash = 0xcbf2_9ce4_8422_2325;
        foreach (byte value in form.AsSpan(0, form.Length - 8))
            hash = unchecked((hash ^ value) * 0x100_0000_01b3);
        BitConverter.TryWriteBytes(form.AsSpan(form.Length - 8), hash);
        return form;
    }

    private static byte[] Save(SavedCard card)
    {
        var buffer = new ArrayBufferWriter<byte>();
        card.SaveState(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Load(SavedCard card, byte[] state) => Assert.True(card.TryLoadState(state, out string? problem), problem);

    private static bool PinIsHigh(SavedCard card)
    {
        byte[] status = new byte[1];
        card.Read(Config, Status, status);
        return (status[0] & InterruptStatus) != 0;
    }
}
