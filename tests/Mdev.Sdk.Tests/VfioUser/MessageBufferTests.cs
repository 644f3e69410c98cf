using Mdev.Sdk.VfioUser;

namespace Mdev.Sdk.Tests.VfioUser;

public sealed class MessageBufferTests
{
    [Fact]
    public void What_is_in_a_buffer_stays_when_it_grows()
    {
        using var buffer = new MessageBuffer(8192);
        for (int i = 0; i < 8192; i++)
            buffer.Span[i] = (byte)(i * 7);
        buffer.Grow(1 << 20);
        Assert.Equal(1 << 20, buffer.Capacity);
        Assert.Equal(1 << 20, buffer.Span.Length);
        for (int i = 0; i < 8192; i++)
            Assert.Equal((byte)(i * 7), buffer.Span[i]);
        buffer.Span[^1] = 1;
    }

    [Fact]
    public void Growing_to_less_and_shrinking_to_more_change_nothing()
    {
        using var buffer = new MessageBuffer(8192);
        buffer.Span[5] = 1;
        buffer.Grow(100);
        buffer.Shrink(10_000);
        Assert.Equal((8192, 1), (buffer.Capacity, buffer.Span[5]));
    }

    [Fact]
    public void A_buffer_that_shrinks_has_the_room_that_is_asked_for()
    {
        using var buffer = new MessageBuffer(1 << 20);
        buffer.Shrink(8192);
        Assert.Equal((8192, 8192), (buffer.Capacity, buffer.Span.Length));
        buffer.Span.Fill(1);
    }
}
