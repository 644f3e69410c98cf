using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV4nn: methods that accesses and resets run.</summary>
internal static class HandlerRules
{
    public static readonly DiagnosticDescriptor NoRegister = Rule.Fatal(
        "MDEV401",
        "The handler's register does not exist",
        "'{0}' has no register '{1}'; name a property with [Register] by nameof, or give an offset");

    public static readonly DiagnosticDescriptor WrongSignature = Rule.Fatal(
        "MDEV402",
        "The handler has the wrong signature",
        "'{0}' cannot handle {1}; write {2}");

    public static readonly DiagnosticDescriptor Duplicate = Rule.Fatal(
        "MDEV403",
        "Two handlers for the same access",
        "'{0}' already handles {1} of '{2}'; remove one, or give the two opposite conditions");

    public static readonly DiagnosticDescriptor Async = Rule.Fatal(
        "MDEV405",
        "A handler is synchronous",
        "'{0}' is asynchronous or an iterator, and the guest waits for what it does; make it synchronous and leave longer work to a thread of the device");

    public static readonly DiagnosticDescriptor Impure = Rule.Info(
        "MDEV407",
        "A look cannot show the register",
        "Peek and Dump show '{0}' as zero, since '{1}' may change something; add Pure = true if it does not");

    public static readonly DiagnosticDescriptor Misplaced = Rule.Fatal(
        "MDEV409",
        "The register says when it is there, not its handler",
        "{0} has no effect on a handler of the stored register '{1}'; put it on [Register]");
}
