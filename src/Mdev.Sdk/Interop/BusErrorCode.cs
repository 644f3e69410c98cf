namespace Mdev.Sdk.Interop;

/// <summary>
/// Machine code of <see cref="BusErrorGuard"/>'s signal handler: position-independent, needing nothing but the two words behind it.
/// Sources: AMD64 and ARM64 (AAPCS64) processor supplements of the System V ABI; syscall(2); sigaction(2).
/// </summary>
/// <remarks>
/// <para>What it does, for <c>handler(int signal, siginfo_t *info, void *context)</c>:</para>
/// <code>
/// if (info->si_code >= BUS_ADRERR)                           // what kill(2) sends, and an unaligned access, are somebody else's
///     for (i = table->count; i-- > 0; )
///         if (info->si_addr - table->entry[i].start &lt; table->entry[i].length) {
///             table->entry[i].broken = 1;                   // first: whoever sees the zeros also sees this
///             if (mmap(start, length, READ|WRITE, PRIVATE|FIXED|ANONYMOUS|NORESERVE, -1, 0) succeeded
///                 || mmap(page of si_addr, entry's page size, as before) succeeded)   // strict overcommit may refuse the whole
///                 return;                                    // the instruction is done once more
///             break;
///         }
/// previous(signal, info, context);                           // a jump: the stack and the registers are as the kernel left them
/// </code>
/// <para>
/// A handler may be entered within any instruction. The kernel keeps all registers of the interrupted code and leaves its red zone
/// alone; here the ABI's rules for a function hold. The system call is raw, so errno stays what it was.
/// </para>
/// </remarks>
internal static class BusErrorCode
{
    /// <summary>The two words behind the code are so aligned: the address of the table, and that of the handler before this one.</summary>
    public const int WordsAlignment = 8;

    /// <summary>x86-64. <see cref="DefaultX64"/> is where the second function begins.</summary>
    public static ReadOnlySpan<byte> X64 =>
    [
        0xf3, 0x0f, 0x1e, 0xfa,                          //           endbr64                  an indirect call may land here
        0x83, 0x7e, 0x08, 0x02,                          //           cmp  dword [rsi+8], 2    si_code against BUS_ADRERR
        0x0f, 0x8c, 0x8a, 0x00, 0x00, 0x00,              //           jl   chain
        0x48, 0x8b, 0x46, 0x10,                          //           mov  rax, [rsi+16]       si_addr
        0x4c, 0x8b, 0x05, 0xcf, 0x00, 0x00, 0x00,        //           mov  r8, [rip+table]
        0x49, 0x8b, 0x08,                                //           mov  rcx, [r8]           entries in use, the unused first one too
        0x48, 0x83, 0xe9, 0x01,                          // next:     sub  rcx, 1
        0x72, 0x76,                                      //           jb   chain
        0x49, 0x83, 0xc0, 0x20,                          //           add  r8, 32
        0x4d, 0x8b, 0x08,                                //           mov  r9, [r8]            start
        0x49, 0x89, 0xc2,                                //           mov  r10, rax
        0x4d, 0x29, 0xca,                                //           sub  r10, r9
        0x4d, 0x3b, 0x50, 0x08,                          //           cmp  r10, [r8+8]         length; 0 for a free entry
        0x73, 0xe7,                                      //           jae  next
        0x4d, 0x3b, 0x08,                                //           cmp  r9, [r8]            still the start that goes with the length?
        0x75, 0xe2,                                      //           jne  next
        0x57,                                            //           push rdi                 the arguments, should it come to chain
        0x56,                                            //           push rsi
        0x52,                                            //           push rdx
        0x53,                                            //           push rbx                 the caller's
        0x55,                                            //           push rbp                 the caller's
        0x4c, 0x89, 0xc3,                                //           mov  rbx, r8
        0x48, 0x89, 0xc5,                                //           mov  rbp, rax
        0x48, 0xc7, 0x43, 0x10, 0x01, 0x00, 0x00, 0x00,  //           mov  qword [rbx+16], 1   broken
        0x4c, 0x89, 0xcf,                                //           mov  rdi, r9             mmap: address
        0x48, 0x8b, 0x73, 0x08,                          //           mov  rsi, [rbx+8]        length
        0xba, 0x03, 0x00, 0x00, 0x00,                    // map:      mov  edx, 3              PROT_READ|PROT_WRITE
        0x41, 0xba, 0x32, 0x40, 0x00, 0x00,              //           mov  r10d, 0x4032        MAP_PRIVATE|FIXED|ANONYMOUS|NORESERVE
        0x49, 0xc7, 0xc0, 0xff, 0xff, 0xff, 0xff,        //           mov  r8, -1              no file
        0x45, 0x31, 0xc9,                                //           xor  r9d, r9d            offset
        0xb8, 0x09, 0x00, 0x00, 0x00,                    //           mov  eax, 9              mmap
        0x0f, 0x05,                                      //           syscall                  changes rax, rcx and r11 alone
        0x48, 0x3d, 0x00, 0xf0, 0xff, 0xff,              //           cmp  rax, -4096          above it are errnos
        0x76, 0x15,                                      //           jbe  done
        0x48, 0x3b, 0x73, 0x18,                          //           cmp  rsi, [rbx+24]       was that the page alone already?
        0x74, 0x15,                                      //           je   refused
        0x48, 0x8b, 0x73, 0x18,                          //           mov  rsi, [rbx+24]       length: the page size
        0x48, 0x89, 0xf7,                                //           mov  rdi, rsi
        0x48, 0xf7, 0xdf,                                //           neg  rdi
        0x48, 0x21, 0xef,                                //           and  rdi, rbp            address: the page of si_addr
        0xeb, 0xc7,                                      //           jmp  map
        0x5d,                                            // done:     pop  rbp
        0x5b,                                            //           pop  rbx
        0x5a,                                            //           pop  rdx
        0x5e,                                            //           pop  rsi
        0x5f,                                            //           pop  rdi
        0xc3,                                            //           ret                      to libc's rt_sigreturn
        0x5d,                                            // refused:  pop  rbp
        0x5b,                                            //           pop  rbx
        0x5a,                                            //           pop  rdx
        0x5e,                                            //           pop  rsi
        0x5f,                                            //           pop  rdi
        0xff, 0x25, 0x52, 0x00, 0x00, 0x00,              // chain:    jmp  [rip+previous]
        // The handler before ours, where that was none: SIG_DFL is put back and the signal sent once more, blocked until this returns.
        0xf3, 0x0f, 0x1e, 0xfa,                          // default:  endbr64
        0xbf, 0x07, 0x00, 0x00, 0x00,                    //           mov  edi, 7              SIGBUS
        0x48, 0x8b, 0x35, 0x3a, 0x00, 0x00, 0x00,        //           mov  rsi, [rip+table]
        0x48, 0x83, 0xc6, 0x08,                          //           add  rsi, 8              32 zero bytes: SIG_DFL, no flags, no mask
        0x31, 0xd2,                                      //           xor  edx, edx
        0x41, 0xba, 0x08, 0x00, 0x00, 0x00,              //           mov  r10d, 8             bytes of a mask
        0xb8, 0x0d, 0x00, 0x00, 0x00,                    //           mov  eax, 13             rt_sigaction
        0x0f, 0x05,                                      //           syscall
        0xb8, 0x27, 0x00, 0x00, 0x00,                    //           mov  eax, 39             getpid
        0x0f, 0x05,                                      //           syscall
        0x48, 0x89, 0xc7,                                //           mov  rdi, rax
        0xb8, 0xba, 0x00, 0x00, 0x00,                    //           mov  eax, 186            gettid
        0x0f, 0x05,                                      //           syscall
        0x48, 0x89, 0xc6,                                //           mov  rsi, rax
        0xba, 0x07, 0x00, 0x00, 0x00,                    //           mov  edx, 7              SIGBUS
        0xb8, 0xea, 0x00, 0x00, 0x00,                    //           mov  eax, 234            tgkill
        0x0f, 0x05,                                      //           syscall
        0xc3,                                            //           ret
    ];

    /// <summary>Where in <see cref="X64"/> the second function begins.</summary>
    public const int DefaultX64 = 0x9e;

    /// <summary>ARM64, a word an instruction. <see cref="DefaultArm64"/> is where the second function begins.</summary>
    public static ReadOnlySpan<uint> Arm64 =>
    [
        0xd503245f,  //           bti  c                   an indirect call may land here
        0xb9400829,  //           ldr  w9, [x1, #8]        si_code
        0x7100093f,  //           cmp  w9, #2              BUS_ADRERR
        0x5400054b,  //           b.lt chain
        0xf9400829,  //           ldr  x9, [x1, #16]       si_addr
        0x580007aa,  //           ldr  x10, table
        0xf940014b,  //           ldr  x11, [x10]          entries in use, the unused first one too
        0xf100056b,  // next:     subs x11, x11, #1
        0x540004a3,  //           b.lo chain
        0x9100814a,  //           add  x10, x10, #32
        0xc8dffd4c,  //           ldar x12, [x10]          start
        0x9100214f,  //           add  x15, x10, #8
        0xc8dffdee,  //           ldar x14, [x15]          length; 0 for a free entry
        0xcb0c012d,  //           sub  x13, x9, x12
        0xeb0e01bf,  //           cmp  x13, x14
        0x54ffff02,  //           b.hs next
        0xf940014f,  //           ldr  x15, [x10]          still the start that goes with the length?
        0xeb0c01ff,  //           cmp  x15, x12
        0x54fffea1,  //           b.ne next
        0xaa0003ed,  //           mov  x13, x0             the arguments, should it come to chain
        0xaa0103ee,  //           mov  x14, x1
        0xaa0203ef,  //           mov  x15, x2
        0xd2800030,  //           mov  x16, #1
        0xf9000950,  //           str  x16, [x10, #16]     broken
        0xaa0c03e0,  //           mov  x0, x12             mmap: address
        0xf9400541,  //           ldr  x1, [x10, #8]       length
        0xd2800062,  // map:      mov  x2, #3              PROT_READ|PROT_WRITE
        0xd2880643,  //           mov  x3, #0x4032         MAP_PRIVATE|FIXED|ANONYMOUS|NORESERVE
        0x92800004,  //           mov  x4, #-1             no file
        0xd2800005,  //           mov  x5, #0              offset
        0xd2801bc8,  //           mov  x8, #222            mmap
        0xd4000001,  //           svc  #0                  changes x0 alone
        0xb140041f,  //           cmn  x0, #4096           above -4096 are errnos
        0x54000103,  //           b.lo done
        0xf9400d50,  //           ldr  x16, [x10, #24]     the page size
        0xeb10003f,  //           cmp  x1, x16             was that the page alone already?
        0x540000c0,  //           b.eq refused
        0xaa1003e1,  //           mov  x1, x16
        0xcb1003f0,  //           neg  x16, x16
        0x8a100120,  //           and  x0, x9, x16         address: the page of si_addr
        0x17fffff2,  //           b    map
        0xd65f03c0,  // done:     ret                      to the kernel's rt_sigreturn
        0xaa0d03e0,  // refused:  mov  x0, x13
        0xaa0e03e1,  //           mov  x1, x14
        0xaa0f03e2,  //           mov  x2, x15
        0x580002f0,  // chain:    ldr  x16, previous
        0xd61f0200,  //           br   x16
        // The handler before ours, where that was none: SIG_DFL is put back and the signal sent once more, blocked until this returns.
        0xd503245f,  // default:  bti  c
        0xd28000e0,  //           mov  x0, #7              SIGBUS
        0x58000221,  //           ldr  x1, table
        0x91002021,  //           add  x1, x1, #8          32 zero bytes: SIG_DFL, no flags, no mask
        0xd2800002,  //           mov  x2, #0
        0xd2800103,  //           mov  x3, #8              bytes of a mask
        0xd28010c8,  //           mov  x8, #134            rt_sigaction
        0xd4000001,  //           svc  #0
        0xd2801588,  //           mov  x8, #172            getpid
        0xd4000001,  //           svc  #0
        0xaa0003ed,  //           mov  x13, x0
        0xd2801648,  //           mov  x8, #178            gettid
        0xd4000001,  //           svc  #0
        0xaa0003e1,  //           mov  x1, x0
        0xaa0d03e0,  //           mov  x0, x13
        0xd28000e2,  //           mov  x2, #7              SIGBUS
        0xd2801068,  //           mov  x8, #131            tgkill
        0xd4000001,  //           svc  #0
        0xd65f03c0,  //           ret
    ];

    /// <summary>Where in the bytes of <see cref="Arm64"/> the second function begins.</summary>
    public const int DefaultArm64 = 0xbc;
}
