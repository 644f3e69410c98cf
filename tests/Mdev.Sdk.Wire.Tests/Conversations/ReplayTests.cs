using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Conversations;

/// <summary>What stock QEMU said to a device, said once more: each answer is the recorded one.</summary>
public sealed class ReplayTests
{
    private const ushort Version = 1;
    private const ushort RegionRead = 9;

    public static TheoryData<string> Recorded => [.. Conversation.Names];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_conversation_with_QEMU_is_answered_as_it_was_recorded(string name)
    {
        IReadOnlyList<Line> conversation = Conversation.Load(name);
        Assert.InRange(conversation.Count, 100, 1000);
        using var served = new ReplayedDevice(name);
        using var descriptors = new OddDescriptors();
        using VfioUserConnection connection = VfioUserConnection.Connect(served.Path);

        for (int i = 0; i < conversation.Count; i++)
        {
            Line line = conversation[i];
            if (line.FromClient)
            {
                connection.Send(line.Bytes, descriptors.Of(line.Descriptors));
                continue;
            }
            using VfioUserFrame answer = connection.Receive();
            AssertAnswers(line, answer, $"{name}, message {i}: {line}");
        }
        Assert.Equal(0, served.Device.Counters.Faults);
    }

    private static void AssertAnswers(Line recorded, VfioUserFrame answer, string where)
    {
        ReadOnlySpan<byte> expected = recorded.Bytes, actual = answer.Bytes;
        if (recorded.Command == Version)
        {
            // The capabilities that a server offers grow; their form and the version do not change.
            Assert.True(actual[..4].SequenceEqual(expected[..4]) && actual[8..20].SequenceEqual(expected[8..20]), where);
            Assert.True(actual.Length <= 214, $"{where}: QEMU takes no answer longer than its request.");
            return;
        }

        // What a register holds depends on time and on interrupts; that it is answered, and with how many bytes, does not.
        int told = recorded.Command == RegionRead && expected.Length > 32 ? 32 : expected.Length;
        Assert.True(actual.Length == expected.Length, $"{where}: answered with {actual.Length} bytes.");
        Assert.True(actual[..told].SequenceEqual(expected[..told]), $"{where}: answered {Convert.ToHexStringLower(actual[..told])}.");
        Assert.True(answer.Descriptors.Count == recorded.Descriptors.Length, $"{where}: {answer.Descriptors.Count} descriptors.");
    }
}
