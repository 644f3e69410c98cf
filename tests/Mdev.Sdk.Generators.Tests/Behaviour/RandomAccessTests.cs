using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>Random accesses, on the generated code and on a model of bytes: both must always answer alike.</summary>
public sealed class RandomAccessTests
{
    // Arbitrary, enough to meet each pair of lane and enables often.
    private const int Accesses = 20_000;

    private static readonly Dictionary<string, Func<ReferenceModel, bool>> s_none = [];

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_byte_bus_does_what_the_model_does(int seed) =>
        Compare(new ByteBlock(), new() { ["Bank"] = m => (m["Select"] & 0x80) != 0 }, seed);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_word_bus_does_what_the_model_does(int seed) => Compare(new WordBlock(), s_none, seed);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_dword_bus_does_what_the_model_does(int seed) =>
        Compare(new DwordBlock(), new() { ["Bank"] = m => m["Select"] % 2 == 1 }, seed);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_qword_bus_does_what_the_model_does(int seed) => Compare(new QwordBlock(), s_none, seed);

    private static void Compare(IRegisterBlock block, Dictionary<string, Func<ReferenceModel, bool>> conditions, int seed)
    {
        var random = new Random(seed);
        var model = new ReferenceModel(block.GetType(), conditions);
        int bus = (int)block.Info.Bus;
        uint lanes = (block.Info.Size + (uint)bus - 1) / (uint)bus;
        block.Reset(ResetKind.Warm);
        for (int i = 0; i < Accesses; i++)
        {
            // One lane beyond the block: it must be as empty as a gap.
            uint lane = (uint)random.NextInt64(lanes + 1) * (uint)bus;
            ulong enabled = Enables(random, bus), value = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            if (random.Next(2) == 0)
            {
                bool claimed = block.TryReadLane(lane, enabled, out ulong read);
                ulong? expected = model.Read(lane, enabled, bus);
                Assert.Equal(expected is not null, claimed);
                Assert.Equal(expected ?? 0, claimed ? read & enabled : 0);
            }
            else
            {
                Assert.Equal(model.Write(lane, value, enabled, bus), block.TryWriteLane(lane, value, enabled));
            }

            uint at = (uint)random.NextInt64(block.Info.Size);
            Assert.Equal(model.NameAt(at), block.NameAt(at, write: random.Next(2) == 0));
        }
    }

    private static ulong Enables(Random random, int bus)
    {
        ulong enabled = 0;
        while (enabled == 0)
        {
            for (int i = 0; i < bus; i++)
                enabled |= random.Next(2) == 0 ? 0 : 0xfful << (i * 8);
        }

        return enabled;
    }
}
