using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>What QEMU makes of DMA_READ and DMA_WRITE, by its versions.</summary>
public sealed class DmaQemuTests : DmaTest
{
    private const ulong Base = 0x1_0000_1000;

    public DmaQemuTests() => Reconnect(Raw.QemuCapabilities);

    [Fact]
    public void QEMU_11_is_known_by_its_answer_to_a_write_of_no_bytes_which_is_asked_once()
    {
        byte[] first = new byte[4], second = new byte[4];
        ValueTask<bool> one = Read(Base, first), two = Read(Base + 4, second);
        using (VfioUserFrame question = Request(Raw.DmaWrite, Base, 0))
        {
            AssertInStep();
            Answer(question, Raw.Bytes(Base, 0ul));
        }
        using (VfioUserFrame request = Request(Raw.DmaRead, Base, 4))
            Answer(request, Pattern);
        using (VfioUserFrame request = Request(Raw.DmaRead, Base + 4, 4))
            Answer(request, Pattern);
        Assert.True(ResultOf(one) && ResultOf(two));
        Assert.Equal((Pattern(Base), Pattern(Base + 4)), (first[0], second[0]));

        ValueTask<bool> write = Write(Base, first);
        using (VfioUserFrame request = Request(Raw.DmaWrite, Base, 4))
            Answer(request, Pattern);
        Assert.True(ResultOf(write));
    }

    [Fact]
    public void QEMU_before_11_is_asked_for_nothing_and_the_operator_reads_once_why()
    {
        ValueTask<bool> one = Read(Base, new byte[4]), two = Write(Base, new byte[4]);
        using (VfioUserFrame question = Request(Raw.DmaWrite, Base, 0))
            Answer(question, []);
        Assert.False(ResultOf(one) || ResultOf(two));
        Assert.False(ResultOf(Write(Base, new byte[4])));
        AssertInStep();
        Assert.Single(Server.Log.Lines, line => line.Contains("QEMU before 11.0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_tells_nothing_and_the_next_transfer_asks_again()
    {
        for (int i = 0; i < 2; i++)
        {
            ValueTask<bool> read = Read(Base, new byte[4]);
            using VfioUserFrame question = Request(Raw.DmaWrite, Base, 0);
            AnswerError(question, 19);
            Assert.False(ResultOf(read));
        }
        ValueTask<bool> write = Write(Base, new byte[4]);
        using (VfioUserFrame question = Request(Raw.DmaWrite, Base, 0))
            Answer(question, Raw.Bytes(Base, 4ul));
        Assert.False(ResultOf(write));
        AssertInStep();
    }

    [Fact]
    public void A_question_that_is_answered_late_is_answered()
    {
        Asking.Deadline = TimeSpan.FromMilliseconds(50);
        ValueTask<bool> late = Read(Base, new byte[4]);
        using VfioUserFrame question = Request(Raw.DmaWrite, Base, 0);
        Assert.False(ResultOf(late));
        Asking.Deadline = TimeSpan.FromSeconds(5);
        ValueTask<bool> next = Read(Base, new byte[4]);
        AssertInStep();
        Answer(question, Pattern);
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Answer(request, Pattern);
        Assert.True(ResultOf(next));
    }

    [Fact]
    public void QEMU_is_asked_for_no_more_than_its_socket_takes_at_once()
    {
        byte[] memory = new byte[100_000];
        ValueTask<bool> read = Read(Base, memory);
        using (VfioUserFrame question = Request(Raw.DmaWrite, Base, 0))
            Answer(question, Pattern);
        foreach ((int offset, int count) in ((int, int)[])[(0, 32768), (32768, 32768), (65536, 32768), (98304, 1696)])
        {
            using VfioUserFrame request = Request(Raw.DmaRead, Base + (uint)offset, count);
            Answer(request, Pattern);
        }
        Assert.True(ResultOf(read));
        Assert.Equal(Pattern(Base + 99_999), memory[^1]);
    }
}
