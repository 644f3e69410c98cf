using System.Buffers;
using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.Loader;
using Mdev.Sdk.Generators.Tests.Harness;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>
/// Random states of random blocks: what is saved and loaded is equal, what is cut off is refused, and what is changed is refused or is
/// another state, but never half of one.
/// </summary>
public sealed class RandomStateTests
{
    [Fact]
    public async Task What_is_saved_and_loaded_is_equal_and_what_is_damaged_changes_nothing()
    {
        RandomBlock[] blocks = [.. Enumerable.Range(5000, 60).Select(seed => new RandomBlock(seed))];
        Compilation compilation = Compiler.Generate(Compiler.Create([.. blocks.Select(b => b.Source())]), out _);
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        image.Position = 0;
        System.Reflection.Assembly assembly = new AssemblyLoadContext("states", isCollectible: true).LoadFromStream(image);
        foreach (RandomBlock block in blocks)
        {
            var random = new Random(block.Seed);
            Subject one = new(block, assembly), other = new(block, assembly);
            for (int round = 0; round < 5; round++)
                SaveAndLoad(one, other, random);
        }
    }

    private static void SaveAndLoad(Subject one, Subject other, Random random)
    {
        one.Disturb(random);
        other.Disturb(random);
        byte[] saved = one.Save(), before = other.Save();

        for (int length = 0; length < saved.Length; length++)
            AssertRefused(saved.AsSpan(0, length));
        for (int i = 0; i < 50; i++)
        {
            byte[] changed = [.. saved];
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            AssertRefused(changed);
        }

        // With a checksum that is right: by someone who means it.
        for (int i = 0; i < 100; i++)
        {
            byte[] changed = saved[..(saved.Length - (random.Next(2) * random.Next(saved.Length - 8)))];
            for (int n = random.Next(4); n >= 0 && changed.Length > 8; n--)
                changed[random.Next(changed.Length - 8)] = (byte)random.Next(256);
            Seal(changed);
            if (other.Device.TryLoadState(changed, out string? problem))
            {
                Assert.True(other.Device.TryLoadState(before, out problem), problem);
                continue;
            }
            Assert.NotEmpty(problem);
            Assert.Equal(before, other.Save());
        }

        Assert.True(other.Device.TryLoadState(saved, out string? none), none);
        Assert.Equal(saved, other.Save());
        Assert.Equal(one.Stored(), other.Stored());

        void AssertRefused(ReadOnlySpan<byte> bytes)
        {
            Assert.False(other.Device.TryLoadState(bytes, out string? problem));
            Assert.NotEmpty(problem);
            Assert.Equal(before, other.Save());
        }
    }

    private static void Seal(Span<byte> form)
    {
        ulong hash = 0xcbf2_9ce4_8422_2325;
        foreach (byte value in form[..^8])
            hash = unchecked((hash ^ value) * 0x100_0000_01b3);
        BinaryPrimitives.WriteUInt64LittleEndian(form[^8..], hash);
    }

    private sealed class Subject
    {
        private readonly RandomBlock _block;
        private readonly object _instance;
        private readonly FieldInfo _page, _open;
        private readonly Action<ulong[]> _state;

        public Subject(RandomBlock block, System.Reflection.Assembly assembly)
        {
            Type type = assembly.GetType(block.Name, throwOnError: true)!;
            (_block, _instance) = (block, Activator.CreateInstance(type)!);
            (_page, _open) = (type.GetField("Page")!, type.GetField("Open")!);
            _state = type.GetMethod("State")!.CreateDelegate<Action<ulong[]>>(_instance);
            Device = new OneBlock((IRegisterBlock)_instance);
        }

        public OneBlock Device { get; }

        public void Disturb(Random random)
        {
            byte[] bytes = new byte[_block.Size];
            for (int i = 0; i < 8; i++)
            {
                _page.SetValue(_instance, random.Next(4));
                _open.SetValue(_instance, random.Next(2) == 0);
                random.NextBytes(bytes);
                _ = random.Next(2) == 0 ? Device.Poke(0, 0, bytes) : Device.Write(0, 0, bytes) == Errno.None;
            }
        }

        public byte[] Save()
        {
            var buffer = new ArrayBufferWriter<byte>();
            Device.SaveState(buffer);
            return buffer.WrittenSpan.ToArray();
        }

        public ulong[] Stored()
        {
            var stored = new ulong[_block.Slots];
            _state(stored);
            return [.. stored, (ulong)(int)_page.GetValue(_instance)!, (bool)_open.GetValue(_instance)! ? 1ul : 0];
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
