using System.Globalization;
using System.Runtime.Loader;
using System.Text;
using Mdev.Sdk.Generators.Tests.Harness;
using Mdev.Sdk.Registers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>A block so large that its switch is printed in pieces, and what its registers have in common once.</summary>
public sealed class ManyRegistersTests
{
    private const int Count = 1100;

    [Fact]
    public void Each_of_many_registers_is_found_and_nothing_beside_it()
    {
        IRegisterBlock block = Compile();
        for (uint i = 0; i < Count; i++)
            Assert.True(block.TryWriteLane(i * 8, 0x1111_0000 + i, 0xffff_ffff));
        for (uint i = 0; i < Count; i++)
        {
            Assert.True(block.TryReadLane(i * 8, 0xffff_ffff, out ulong value));
            Assert.Equal(IsReadOnly(i) ? 7ul : 0x1111_0000 + i, value);
            Assert.False(block.TryReadLane((i * 8) + 4, 0xffff_ffff, out _));
            Assert.False(block.TryWriteLane((i * 8) + 4, 1, 0xffff_ffff));
            Assert.Equal($"R{i}", block.NameAt((i * 8) + 3, write: false));
        }
    }

    [Fact]
    public void Bytes_that_are_not_enabled_stay_and_looks_and_stores_reach_the_same_registers()
    {
        IRegisterBlock block = Compile();
        for (uint i = 0; i < Count; i += 9)
        {
            Assert.True(block.TryPokeLane(i * 8, 0xaabb_ccdd, 0xffff_ffff));
            Assert.True(block.TryWriteLane(i * 8, 0x1122_3344, 0x00ff_ff00));
            Assert.True(block.TryPeekLane(i * 8, 0xffff_ffff, out ulong value));
            Assert.Equal(IsReadOnly(i) ? 0xaabb_ccdd : 0xaa22_33ddul, value);
        }
    }

    // Every seventh takes no write, and is a case of its own among those that only take what is written.
    private static bool IsReadOnly(uint i) => i % 7 == 3;

    private static IRegisterBlock Compile()
    {
        var text = new StringBuilder($"[RegisterBlock({Count * 8})] public sealed partial class Large {{\n");
        for (uint i = 0; i < Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"    [Register({i * 8}{(IsReadOnly(i) ? ", Mask = 0, Reset = 7" : "")})] public partial uint R{i} {{ get; set; }}\n");
        Compilation compilation = Compiler.Generate(Compiler.Create(text.Append('}').ToString()), out _);
        using var image = new MemoryStream();
        EmitResult emitted = compilation.Emit(image);
        Compiler.AssertNone(emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        Type type = new AssemblyLoadContext("large", isCollectible: true).LoadFromStream(image).GetType("Large", throwOnError: true)!;
        return (IRegisterBlock)Activator.CreateInstance(type)!;
    }
}
