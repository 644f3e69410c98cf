using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Mdev.Sdk.Generators.Tests.Harness;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>
/// A million random accesses, of every width and at every offset, to random blocks behind a real region: bytes read, what is stored
/// and what is counted must be what the plain model says. MDEV_PROPERTY_SEED takes other blocks.
/// </summary>
public sealed class RandomBlockTests
{
    private const int Blocks = 250;
    private const int AccessesEach = 4000;

    private static readonly int s_first = int.Parse(
        Environment.GetEnvironmentVariable("MDEV_PROPERTY_SEED") ?? "1000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Random_blocks_do_what_the_model_does()
    {
        RandomBlock[] blocks = [.. Enumerable.Range(s_first, Blocks).Select(seed => new RandomBlock(seed))];
        System.Reflection.Assembly assembly = await Compile(blocks);
        foreach (RandomBlock block in blocks)
            Compare(block, assembly);
    }

    private static async Task<System.Reflection.Assembly> Compile(RandomBlock[] blocks)
    {
        Compilation compilation = Compiler.Generate(Compiler.Create([.. blocks.Select(b => b.Source())]), out _);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        Compiler.AssertNone((await Diagnose.Run(compilation)).Where(d => d.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        return new AssemblyLoadContext("blocks", isCollectible: true).LoadFromStream(image);
    }

    private static void Compare(RandomBlock block, System.Reflection.Assembly assembly)
    {
        Type type = assembly.GetType(block.Name, throwOnError: true)!;
        object subject = Activator.CreateInstance(type)!;
        FieldInfo page = type.GetField("Page")!, open = type.GetField("Open")!;
        var state = type.GetMethod("State")!.CreateDelegate<Action<ulong[]>>(subject);
        var device = new OneBlock((IRegisterBlock)subject);
        var model = new BlockModel(block);
        var random = new Random(block.Seed);
        var stored = new ulong[block.Slots];
        byte[] given = new byte[16], wanted = new byte[16];
        for (int i = 0; i < AccessesEach; i++)
        {
            int length = random.Next(4) == 0 ? random.Next(1, Math.Min(16, block.Size) + 1) : Math.Min(1 << random.Next(4), block.Size);
            int offset = random.Next(block.Size - length + 1), what = random.Next(100);
            if (random.Next(2) == 0)
                offset = Math.Min(offset / length * length, block.Size - length);
            Span<byte> ours = given.AsSpan(0, length), theirs = wanted.AsSpan(0, length);
            random.NextBytes(ours);
            switch (what)
            {
                case < 40:
                    Assert.Equal(Errno.None, device.Read(0, (ulong)offset, ours));
                    model.Read(offset, theirs, peek: false);
                    break;
                case < 80:
                    Assert.Equal(Errno.None, device.Write(0, (ulong)offset, ours));
                    model.Write(offset, ours);
                    ours.CopyTo(theirs);
                    break;
                case < 88:
                    Assert.True(device.Peek(0, (ulong)offset, ours));
                    model.Read(offset, theirs, peek: true);
                    break;
                case < 94:
                    Assert.True(device.Poke(0, (ulong)offset, ours));
                    model.Poke(offset, ours);
                    ours.CopyTo(theirs);
                    break;
                case < 98:
                    model.Page = random.Next(4);
                    model.Open = random.Next(2) == 0;
                    page.SetValue(subject, model.Page);
                    open.SetValue(subject, model.Open);
                    ours.CopyTo(theirs);
                    break;
                default:
                    var kind = (ResetKind)(what % 2);
                    device.Reset(kind);
                    model.Reset(kind);
                    ours.CopyTo(theirs);
                    break;
            }

            state(stored);
            if (!ours.SequenceEqual(theirs) || !stored.AsSpan().SequenceEqual(model.Values) || device.Counters.Unclaimed != model.Unclaimed
                || device.Counters.Unexpected != model.Unexpected)
            {
                int slot = stored.AsSpan().CommonPrefixLength(model.Values);
                Assert.Fail(
                    $"Seed {block.Seed}, access {i} ({what}) of {length} bytes at 0x{offset:x}: got {Convert.ToHexString(ours)}, the model "
                    + $"{Convert.ToHexString(theirs)}; unclaimed {device.Counters.Unclaimed}, the model {model.Unclaimed}; unexpected {device.Counters.Unexpected}, the model {model.Unexpected}; "
                    + (slot < stored.Length ? $"slot {slot} holds {stored[slot]:x}, the model's {model.Values[slot]:x}" : "the same is stored")
                    + $"\n{block.Source()}");
            }
        }
    }

    private sealed class OneBlock : PciDevice
    {
        private readonly IRegisterBlock _block;

        public OneBlock(IRegisterBlock block)
        {
            _block = block;
            Realize(Guid.NewGuid(), NullLogger.Instance);
        }

        protected override void Declare(PciDeclaration pci) => pci.Bar(0, BarKind.Memory64, _block);
    }
}
