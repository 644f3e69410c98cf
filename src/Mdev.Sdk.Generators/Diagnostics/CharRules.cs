using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV8nn: character devices.</summary>
internal static class CharRules
{
    public static readonly DiagnosticDescriptor BadName = Rule.Fatal(
        "MDEV801",
        "The name cannot be a node's",
        "'{0}' cannot be a node's name: {1}");

    public static readonly DiagnosticDescriptor WrongSignature = Rule.Fatal(
        "MDEV802",
        "The handler of a file operation has the wrong signature",
        "'{0}' cannot handle {1}; write {2}, with a CharFile in front if wanted");

    public static readonly DiagnosticDescriptor NoDevice = Rule.Fatal(
        "MDEV803",
        "The file operation is of no character device",
        "Nothing calls '{0}', as '{1}' has no character device; put [CharDevice(\"name-{{short}}\")] on '{1}'");

    public static readonly DiagnosticDescriptor WrongPlace = Rule.Fatal(
        "MDEV804",
        "[CharDevice] belongs on a device or a register block",
        "Nothing serves the character device of '{0}', which is neither a [RegisterBlock] nor derives from Mdev.Sdk.Device.VfioDevice; put [CharDevice] on the device or block whose other end it is");

    public static readonly DiagnosticDescriptor Duplicate = Rule.Fatal(
        "MDEV805",
        "Two handlers of one file operation",
        "'{0}' already handles {1}; remove one of the two");

    public static readonly DiagnosticDescriptor DuplicateCommand = Rule.Fatal(
        "MDEV806",
        "Two handlers of one ioctl command",
        "'{0}' already handles {1}; remove one of the two, or correct its number");

    public static readonly DiagnosticDescriptor Contradiction = Rule.Fatal(
        "MDEV807",
        "The command's number and the handler's argument contradict each other",
        "{0}, says that the caller {1}, and '{2}' takes {3}; {4}");

    public static readonly DiagnosticDescriptor NoPoll = Rule.Warning(
        "MDEV808",
        "Callers wait, and poll(2) does not know for what",
        "'{0}' has callers wait, and without [OnCharPoll] poll(2) calls the device ready at all times; add 'PollEvents Poll()' with [OnCharPoll], which says when a call would not wait");

    public static readonly DiagnosticDescriptor KernelAnswers = Rule.Warning(
        "MDEV809",
        "The kernel answers the command itself",
        "'{0}' is never called: the kernel answers {1} of every file itself and asks no driver; choose another number");
}
